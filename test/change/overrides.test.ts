import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Generated, generate, kindOf, plan } from '../support/generate.ts';
import { git } from '../support/git.ts';
import { tree } from '../support/golden.ts';
import { otherVersion } from '../support/other-version.ts';

const stream = (name: string, more = {}) => ({
  name,
  path: `/${name}`,
  key_properties: ['id'],
  records_path: 'data',
  schema: { properties: { id: 'integer', updated_at: 'date-time' } },
  ...more,
});
const answers = {
  kind: 'api',
  name: 'Acme CRM',
  base_url: 'https://api.acme.test',
  auth: { type: 'bearer' },
  streams: [stream('deals'), stream('tags')],
};

/** A point at which users change what a generated connector does, and how one does it. */
interface Override {
  readonly point: string;
  readonly file: string;
  readonly edit: (text: string) => string;
  /** What is in the file then, and in no other. */
  readonly mark: string;
}

/** Adds members at the end of the module, which is that of its one class. */
const added = (members: string) => (text: string) => `${text}\n${members}`;

const OVERRIDES: readonly Override[] = [
  {
    point: "a stream's transform",
    file: 'streams/deals.py',
    edit: added("    def transform(self, record):\n        return {**record, 'name': record.get('title')}\n"),
    mark: "record.get('title')",
  },
  {
    point: "a stream's get_records",
    file: 'streams/deals.py',
    edit: added('    def get_records(self, response):\n        return super().get_records(response)[1:]\n'),
    mark: '(response)[1:]',
  },
  {
    point: "a client's authenticate",
    file: 'client.py',
    edit: text => text.replace(/^( +)(.*)Bearer (.*)$/m, '$1# Ours: a scheme that nobody else has.\n$1$2Acme $3'),
    mark: '# Ours: a scheme that nobody else has.',
  },
];

/** Answers that change most of the files, but for how the client says who it is. */
const OTHERS: Readonly<Record<string, object>> = {
  'another description and another key': { description: 'Other.', config: [{ name: 'region', default: 'eu' }] },
  'another address and pages': {
    base_url: 'https://{region}.acme.test/v2',
    pagination: { type: 'cursor', cursor_param: 'after', cursor_path: 'meta.next' },
  },
  'moments and another stream': {
    description: 'Other.',
    streams: [
      { name: 'deals', replication_method: 'INCREMENTAL', replication_key: 'updated_at', bookmark_param: 'since' },
      stream('users'),
    ],
  },
};

describe('an override in a generated connector', () => {
  for (const { point, file, edit, mark } of OVERRIDES)
    describe(`of ${point}`, () => {
      let connector: Generated;
      const path = () => join(connector.folder, file);
      const isOverridden = () => writeFileSync(path(), edit(readFileSync(path(), 'utf8')));
      const planned = (given: object) => plan('api', given, { cwd: connector.folder });
      const asked = async (given: object) =>
        (await planned(given)).changes.filter(({ ask }) => ask).map(change => change.path);

      /** The connector becomes what these answers give anew, with the override; a second run changes nothing. */
      async function survives(given: object, fresh: Generated): Promise<void> {
        const expected = tree(fresh.folder);
        assert.deepEqual(await asked(given), []);
        await generate('api', given, { cwd: connector.folder });
        assert.deepEqual(tree(connector.folder), { ...expected, [file]: edit(expected[file] ?? '') });
        const { changes } = await planned(given);
        assert.deepEqual(
          changes.filter(({ before, content }) => before !== content),
          [],
        );
      }

      /** The same connector as the answers in `OTHERS` make it from the start. */
      async function changedAnew(given: object): Promise<Generated> {
        const other = await generate('api', answers);
        return generate('api', given, { cwd: other.folder });
      }

      for (const [what, given] of Object.entries(OTHERS))
        it(`survives ${what}`, async () => {
          connector = await generate('api', answers);
          isOverridden();
          await survives(given, await changedAnew(given));
        });

      describe('and a new version of the generator, which writes each class otherwise,', () => {
        beforeEach(async () => {
          const older = (text: string) => text.replace(/^(class .*:)\n/m, '$1\n    OLDER = True\n\n');
          connector = await generate('api', answers, { version: otherVersion(await kindOf('api'), older) });
          assert.match(readFileSync(path(), 'utf8'), /OLDER/);
        });

        it('survives it, with changed answers too, where Git has what was written', async () => {
          git(connector.root, 'init', '-q');
          git(connector.root, 'add', '.');
          isOverridden();
          await survives({ kind: 'api' }, await generate('api', answers));
          for (const given of Object.values(OTHERS)) {
            assert.deepEqual(await asked(given), []);
            await generate('api', given, { cwd: connector.folder });
            assert.ok(readFileSync(path(), 'utf8').includes(mark));
          }
        });

        it('is asked about where Git is not there, and stays as it is meanwhile', async () => {
          isOverridden();
          const mine = readFileSync(path(), 'utf8');
          assert.deepEqual(await asked({ kind: 'api' }), [path()]);
          assert.equal(readFileSync(path(), 'utf8'), mine);
        });
      });
    });
});
