import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Change } from '../../src/changes/change.ts';
import '../support/properties.ts';
import { sameLines } from '../../src/changes/merge/lines.ts';
import { planSchema } from '../../src/refresh/plan.ts';
import type { KindName } from '../support/generate.ts';
import { apply, type Generated, generate, plan, temporaryFolder } from '../support/generate.ts';
import { tree } from '../support/golden.ts';
import { edited, type UserEdit, unedited, userEdits } from './edits.ts';

const schema = { properties: { id: 'integer', updated_at: 'date-time' } };

/** What can be done to a connector, in any order: none of these undoes what another does. */
interface Kind {
  readonly start: { readonly streams: readonly object[]; readonly [answer: string]: unknown };
  readonly streams: readonly { readonly name: string }[];
  readonly changes: readonly object[];
}

const stream = (name: string, more: object) => ({ name, key_properties: ['id'], schema, ...more });
const KINDS: Readonly<Record<'api' | 'file', Kind>> = {
  api: {
    start: {
      kind: 'api',
      name: 'Acme CRM',
      base_url: 'https://api.acme.test',
      streams: [stream('mails', { path: '/mails' })],
    },
    streams: [
      stream('accounts', { path: '/accounts', replication_key: 'updated_at', bookmark_param: 'since' }),
      stream('notes', { path: '/notes', pagination: { type: 'page' } }),
      stream('zones', { path: '/{region}/zones', records_path: 'data' }),
    ],
    changes: [
      { auth: { type: 'basic' } },
      { pagination: { type: 'cursor', cursor_param: 'after', cursor_header: 'X-Next', has_more_path: 'meta.more' } },
      { base_url: 'https://{team}.acme.test/v2', description: 'All that Acme has.' },
    ],
  },
  file: {
    start: { kind: 'file', name: 'Acme Exports', format: 'csv', streams: [stream('mails', { path: 'm.csv' })] },
    streams: [
      stream('accounts', { path: 'a.csv', replication_key: 'updated_at' }),
      stream('notes', { path: 'n.csv' }),
      stream('zones', { path: '{region}/z.csv' }),
    ],
    changes: [
      { delimiter: ';' },
      { description: 'What Acme exports.' },
      { documentation_url: 'https://acme.test/exports' },
    ],
  },
};

type Step = readonly ['stream', number] | readonly ['change', number] | readonly ['schema'] | readonly ['again'];

const SAMPLE = '[{"id": 1, "color": "red"}]';

/** A connector on disk, and what was done to it. */
class Grown {
  readonly #kind: KindName;
  readonly connector: Generated;

  constructor(kind: KindName, connector: Generated) {
    this.#kind = kind;
    this.connector = connector;
  }

  static async make(kind: 'api' | 'file'): Promise<Grown> {
    return new Grown(kind, await generate(kind, KINDS[kind].start, { cwd: temporaryFolder() }));
  }

  async planned(step: Step): Promise<readonly Change[]> {
    const { streams, changes } = KINDS[this.#kind as 'api' | 'file'];
    const cwd = this.connector.folder;
    if (step[0] === 'stream') {
      const added = { streams: [streams[step[1]]] };
      return (await plan(this.#kind, added, { cwd, addsOnly: true })).changes;
    }
    if (step[0] === 'schema') {
      const sample = join(this.connector.root, 'sample.json');
      writeFileSync(sample, SAMPLE);
      const options = { dryRun: false, force: false, bail: false, json: false };
      return (await planSchema({ options, flags: { name: 'mails', from: sample }, cwd }, undefined)).changes;
    }
    const given = step[0] === 'change' ? changes[step[1]] : { kind: this.#kind };
    return (await plan(this.#kind, given as object, { cwd })).changes;
  }

  /** Every file but the record, by its path. */
  files(): Record<string, string> {
    const { '.yo-rc.json': _, ...files } = tree(this.connector.folder);
    return files;
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.connector.folder, path), text);
  }

  remove(): void {
    rmSync(this.connector.root, { recursive: true, force: true });
    mkdirSync(this.connector.root);
  }
}

const order = fc.shuffledSubarray(
  [
    ['stream', 0],
    ['stream', 1],
    ['stream', 2],
    ['change', 0],
    ['change', 1],
    ['change', 2],
    ['schema'],
    ['again'],
  ] as Step[],
  { minLength: 2 },
);

/** The answers that a connector has in the end. */
function finalAnswers({ start, streams, changes }: Kind, steps: readonly Step[]): object {
  const index = (does: string) => steps.flatMap(step => (step[0] === does ? [step[1] as number] : []));
  const added = index('stream').map(at => streams[at]);
  return {
    ...start,
    ...Object.assign({}, ...index('change').map(at => changes[at])),
    streams: [...start.streams, ...added],
  };
}

for (const kind of ['api', 'file'] as const)
  describe(`a connector whose files a user edits, while it grows and changes (${kind})`, function () {
    this.timeout(600_000);

    it('ends as one that was made of its last answers, in whatever order they came, and then stays so', async () => {
      await fc.assert(
        fc.asyncProperty(order, async steps => {
          const grown = await Grown.make(kind);
          for (const step of steps) await apply(await grown.planned(step));
          const fresh = await generate(kind, finalAnswers(KINDS[kind], steps), { cwd: temporaryFolder() });
          const whole = new Grown(kind, fresh);
          if (steps.some(([does]) => does === 'schema')) await apply(await whole.planned(['schema']));
          assert.deepEqual(tree(grown.connector.folder), tree(fresh.folder));
          for (const step of steps) assert.deepEqual(differing(await grown.planned(step)), []);
          for (const made of [grown, whole]) made.remove();
        }),
        { numRuns: 25 },
      );
    });

    const anyEdits = fc.array(fc.tuple(fc.nat(100), userEdits(2)), { minLength: 1, maxLength: 6 });
    it('keeps every edit byte for byte, or asks: all else is what it would be without them', async () => {
      await fc.assert(
        fc.asyncProperty(
          order,
          anyEdits,
          fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
          async (steps, edits, yes) => {
            const [grown, shadow] = [await Grown.make(kind), await Grown.make(kind)];
            const mine = new Map<string, readonly UserEdit[]>();
            const settled = new Set<string>();
            for (const [index, step] of steps.entries()) {
              for (const edit of edits.filter((_, at) => at % steps.length === index)) editOne(grown, mine, edit);
              const before = grown.files();
              const changes = await grown.planned(step);
              // Yeoman's question: overwritten, or left as it is.
              for (const { path, ask } of changes) if (ask) settled.add(path.slice(grown.connector.folder.length + 1));
              await apply(changes.filter(({ ask }) => !ask || yes[index]));
              await apply(await shadow.planned(step));
              const after = grown.files();
              const expected = shadow.files();
              assert.deepEqual(Object.keys(after), Object.keys(expected));
              for (const [path, text] of Object.entries(after)) {
                if (settled.has(path)) {
                  if (!yes[index] && changes.some(({ ask, path: at }) => ask && at.endsWith(path)))
                    assert.equal(text, before[path]);
                  continue;
                }
                const rest = unedited(text, mine.get(path) ?? []);
                // A row or an entry that is added beside a user's edit has its place by its own name.
                if (!sameLines(rest, expected[path] ?? '')) assert.equal(rest, expected[path], path);
              }
              assert.deepEqual(differing(await grown.planned(step)), [], 'a second run changes nothing');
            }
            for (const made of [grown, shadow]) made.remove();
          },
        ),
        { numRuns: 25 },
      );
    });
  });

/** A user edits a file that has not been edited yet; JSON has no place for comments. */
function editOne(
  grown: Grown,
  mine: Map<string, readonly UserEdit[]>,
  [at, edits]: [number, readonly UserEdit[]],
): void {
  const paths = Object.keys(grown.files()).filter(path => !path.endsWith('.json') && !mine.has(path));
  const path = paths[at % paths.length];
  if (path === undefined) return;
  const text = readFileSync(join(grown.connector.folder, path), 'utf8');
  mine.set(path, edits);
  grown.write(path, edited(text, edits));
}

function differing(changes: readonly Change[]): readonly Change[] {
  return changes.filter(({ before, content, removed }) => removed || before !== content);
}
