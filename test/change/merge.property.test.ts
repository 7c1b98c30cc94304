import assert from 'node:assert/strict';
import fc from 'fast-check';
import '../support/properties.ts';
import { fingerprintOf } from '../../src/changes/fingerprint.ts';
import { mergeJson } from '../../src/changes/merge/json.ts';
import { planChanges } from '../../src/changes/plan.ts';
import { writtenFile } from '../../src/changes/written-file.ts';
import type { KindName } from '../support/generate.ts';
import { generate } from '../support/generate.ts';
import { tree } from '../support/golden.ts';
import { edited, type UserEdit, unedited, userEdits } from './edits.ts';
import { API, FILE, SQL } from './variants.ts';

/** A file as two connectors have it that differ in their answers. */
interface Pair {
  readonly path: string;
  readonly old: string;
  readonly next: string;
}

const pairs: Pair[] = [];

async function addPairs(kind: KindName, variants: readonly object[]): Promise<void> {
  const trees = [];
  for (const answers of variants) trees.push(tree((await generate(kind, answers)).folder));
  for (const before of trees)
    for (const after of trees)
      for (const [path, old] of Object.entries(before)) {
        const next = after[path];
        if (next !== undefined && old !== next && /\.(py|md)$/.test(path)) pairs.push({ path, old, next });
      }
}

/** What a run makes of a file that was written as `old`, stands as `mine`, and is to be `next`. */
function planned({ path, old, next }: Pair, mine: string) {
  const previous = {
    files: new Map([[path, writtenFile(fingerprintOf(old))]]),
    baseTexts: () => new Map([[path, { text: old, certainty: 'exact' as const }]]),
  };
  const files = [{ path, content: { text: next }, text: next }];
  const [change] = planChanges({ files, edits: [], read: () => mine, previous });
  assert.ok(change);
  return change;
}

/** The lines, counted from 0, between the first and the last that differ. */
function changedLines({ old, next }: Pair): { from: number; to: number } {
  const [a, b] = [old.split('\n'), next.split('\n')];
  let [start, end] = [0, 0];
  while (start < a.length && a[start] === b[start]) start += 1;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  return { from: start, to: a.length - end };
}

/** Where the edits stand in the old text; each is made after those before it. */
function isApart(pair: Pair, edits: readonly UserEdit[]): boolean {
  const { from, to } = changedLines(pair);
  const inserted: number[] = [];
  return edits.every(({ at, isNew }, index) => {
    const count = pair.old.split('\n').length - 1 + edits.slice(0, index).filter(edit => edit.isNew).length;
    const now = at % count;
    const original = now - inserted.filter(place => place <= now).length;
    if (isNew) inserted.push(now);
    return original < from - 3 || original > to + 3;
  });
}

describe('files that a user has edited and that have to change', function () {
  this.timeout(300_000);
  before(async () => {
    await addPairs('api', API);
    await addPairs('file', FILE);
    await addPairs('sql', SQL);
  });
  const cases = fc.record({ pair: fc.nat(1_000_000), edits: userEdits(4) });
  const pairOf = (index: number) => pairs[index % pairs.length] as Pair;
  let apart = 0;
  let asked = 0;

  it('are merged with every edit byte for byte, or asked about', () => {
    fc.assert(
      fc.property(cases, ({ pair: index, edits }) => {
        const pair = pairOf(index);
        const mine = edited(pair.old, edits);
        const { before, content, ask } = planned(pair, mine);
        assert.equal(before, mine);
        if (isApart(pair, edits)) {
          apart += 1;
          assert.equal(ask, false, 'edits apart from all that changes are merged');
        }
        if (ask) asked += 1;
        else assert.equal(unedited(content, edits), pair.next);
      }),
      { numRuns: 3000 },
    );
    // Otherwise the property would say little.
    assert.ok(apart > 300, `${apart} cases with edits apart`);
    assert.ok(asked > 30 && asked < 2500, `${asked} cases asked`);
  });

  it('do not change again, neither with the new record nor, after a killed run, with the old one', () => {
    fc.assert(
      fc.property(cases, ({ pair: index, edits }) => {
        const pair = pairOf(index);
        const { content, ask } = planned(pair, edited(pair.old, edits));
        fc.pre(!ask);
        for (const old of [pair.next, pair.old]) {
          const again = planned({ ...pair, old }, content);
          assert.deepEqual([again.content, again.ask], [content, false]);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('keep the line ends of a checkout on Windows', () => {
    fc.assert(
      fc.property(cases, ({ pair: index, edits }) => {
        const pair = pairOf(index);
        const mine = edited(pair.old, edits);
        const [plain, windows] = [mine, mine.replaceAll('\n', '\r\n')].map(text => planned(pair, text));
        assert.equal(windows?.ask, plain?.ask);
        assert.equal(windows?.content, plain?.content.replaceAll('\n', '\r\n'));
      }),
      { numRuns: 500 },
    );
  });
});

describe('JSON that a user has edited and that has to change', () => {
  const value = fc.oneof(fc.integer(), fc.boolean(), fc.constant(''), fc.string({ maxLength: 5 }));
  const keys = fc.uniqueArray(
    fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('__proto__', 'constructor', 'a.b')),
    {
      minLength: 3,
      maxLength: 9,
    },
  );

  it('has the changes of both sides where they are of different keys, and each value that nobody changed as it was', () => {
    fc.assert(
      fc.property(
        keys,
        fc.array(fc.tuple(fc.nat(5), value, value, value), { minLength: 9, maxLength: 9 }),
        fc.boolean(),
        (names, fates, isTight) => {
          const [here, was, will, expected]: [string, unknown][][] = [[], [], [], []] as never;
          names.forEach((name, index) => {
            const [fate, old, mine, next] = fates[index] as [number, unknown, unknown, unknown];
            const [inHere, inWas, inWill] = FATES[fate] as [string, string, string];
            const values: Record<string, unknown> = { old, mine: `mine ${String(mine)}`, next: `next ${String(next)}` };
            if (inHere) here?.push([name, values[inHere]]);
            if (inWas) was?.push([name, values[inWas]]);
            if (inWill) will?.push([name, values[inWill]]);
            const result = inHere === inWas ? inWill : inHere;
            if (result) expected?.push([name, values[result]]);
          });
          const text = (entries: [string, unknown][], indent?: string) =>
            JSON.stringify(objectOf(entries), undefined, indent);
          const merged = mergeJson(
            text(here as never, isTight ? undefined : '\t'),
            text(was as never),
            text(will as never),
          );
          assert.equal(merged.conflict, false);
          const found = JSON.parse(merged.text);
          assert.deepEqual(sorted(found), sorted(objectOf(expected as never)));
          const again = mergeJson(merged.text, text(was as never), text(will as never));
          assert.deepEqual(again, merged);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

/** Where a key is, and with which value, in the user's text, in the old one and in the new one. */
const FATES: readonly (readonly [string, string, string])[] = [
  ['old', 'old', 'old'],
  ['old', 'old', 'next'],
  ['old', 'old', ''],
  ['mine', 'old', 'old'],
  ['', '', 'next'],
  ['mine', '', ''],
];

function objectOf(entries: readonly (readonly [string, unknown])[]): object {
  return Object.fromEntries(entries);
}

function sorted(object: object): [string, unknown][] {
  return Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1));
}
