import assert from 'node:assert/strict';
import { flake8 } from '../framework/flake8.ts';
import { needsPython } from '../framework/needs.ts';
import { testFolder, testModule, unittest } from '../framework/unittest.ts';
import { plan } from '../support/generate.ts';
import { FIXED } from '../support/properties.ts';
import { caseOf } from './matrix/case.ts';
import { EXCLUSIONS, type Exclusion, possible } from './matrix/exclusions.ts';
import { LEVELS } from './matrix/levels.ts';
import { randomRow } from './matrix/random-row.ts';
import { openCase, SIZE, tryCase } from './matrix/try-case.ts';
import { pairwise, type Row } from './pairwise.ts';
import type { Session } from './support.ts';

const ROWS = pairwise(LEVELS, possible);

/** RANDOM_ROWS is how many rows of random levels there are, and SEED what they begin from. */
const { SEED = String(FIXED), RANDOM_ROWS = '10' } = process.env;
const seed = SEED === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(SEED);
const RANDOM = Array.from({ length: Number(RANDOM_ROWS) }, (_, index) => randomRow(LEVELS, possible, seed + index));

/** How many records a first run finds. */
const COUNTS = [SIZE, SIZE + 1, 1, 2 * SIZE + 1, 0] as const;

describe('the matrix of what an API can be', function () {
  this.timeout(60_000);
  needsPython();
  let found: Session | undefined;
  const made: Session[] = [];
  const open = async (row: Row) => {
    const given = caseOf(row);
    const opened = await openCase(given);
    found = opened.found;
    return { given, opened };
  };
  afterEach(() => found?.api.close());

  it('has every possible two that meet, in 144 connectors or more', () => {
    assert.ok(ROWS.length >= LEVELS.auth.length * LEVELS.pagination.length, String(ROWS.length));
  });

  const all = [
    ...ROWS.map((row, index) => [String(index + 1), row] as const),
    ...RANDOM.map((row, index) => [`by SEED=${seed + index} RANDOM_ROWS=1`, row] as const),
  ];
  all.forEach(([name, row], index) => {
    it(`${name}: ${JSON.stringify(row)}`, async () => {
      const { given, opened } = await open(row);
      made.push(opened.found);
      await tryCase(given, opened, COUNTS[index % COUNTS.length] as number);
    });
  });

  for (const exclusion of EXCLUSIONS)
    it(`refuses what doesn't go together, with a reason: ${exclusion.why}`, async () => {
      const pairs = pairsOf(exclusion);
      assert.ok(pairs.length > 0);
      for (const pair of pairs) {
        if (exclusion.atRun) {
          const { opened } = await open(pair);
          const { exitCode, error } = await opened.run(SIZE + 1);
          await opened.found.api.close();
          assert.equal(exitCode, 1, JSON.stringify(pair));
          assert.match(error ?? '', exclusion.refused, JSON.stringify(pair));
        } else await assert.rejects(planned(pair), exclusion.refused, JSON.stringify(pair));
      }
    });

  it('comes with tests of its own, which pass', async function () {
    this.timeout(300_000);
    const folders = made.map(({ generated }) => generated.folder);
    const { checkout } = made[0] as Session;
    const { passed, report, count } = await unittest(checkout, folders.map(testModule));
    assert.ok(passed, report);
    assert.ok(count >= 3 * made.length, report);
    assert.deepEqual(await flake8(...folders.map(folder => testFolder(checkout, folder))), []);
  });
});

/** Every two levels that an exclusion keeps apart. */
function pairsOf({ excludes }: Exclusion): Row[] {
  const factors = Object.entries(LEVELS).map(([name, levels]) => [name, [...levels.keys()]] as const);
  return factors.flatMap(([first, ones], index) =>
    factors
      .slice(index + 1)
      .flatMap(([second, others]) =>
        ones.flatMap(one => others.map(other => ({ [first]: one, [second]: other })).filter(excludes)),
      ),
  );
}

/** Plans the connector of a row, as far as that can be. */
function planned(row: Row): Promise<unknown> {
  const { levels, connector, stream } = caseOf(row);
  const beside = levels.flatMap(level => level.beside ?? []).map(each => each.stream);
  const streams = [...beside, { name: 'items', path: '/items', key_properties: ['id'], ...stream }];
  return plan('api', { name: 'Acme', base_url: 'https://a.test', ...connector, streams });
}
