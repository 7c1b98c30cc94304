import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { selectAll } from '../framework/catalog.ts';
import { needsPython } from '../framework/needs.ts';
import { itReadsInBatches } from './batches.ts';
import { type Answer, type Doubled, type DoubleSettings, doubledConnector } from './double.ts';
import {
  HOSTILE_ROW,
  itClosesConnections,
  itReadsByTheBatch,
  itReadsSavedQueries,
  itTakesNamesForNames,
} from './doubled.ts';
import { outline, records } from './support.ts';

/** The facts of a dialect whose driver is doubled, by which it is held to what every dialect must do. */
export interface DialectFacts {
  /** As people write it. */
  readonly label: string;
  readonly answers: object;
  readonly config: Record<string, unknown>;
  readonly settings: DoubleSettings;
  /** Whether the database knows of keys. */
  readonly hasKeys: boolean;
  /** The columns of the table `everything`, as `outline` has them. */
  readonly columns: Readonly<Record<string, string>>;
  /** Those that the double has no values of. */
  readonly unread?: readonly string[];
  /** Its only row, with 0 for those of the `exact` columns. */
  readonly row: Readonly<Record<string, unknown>>;
  /** Columns whose values JavaScript can't hold, and their texts in the record. */
  readonly exact: Readonly<Record<string, string>>;
  /** Batches of any size take long: one dialect shows them for all that share the runtime. */
  readonly triesBatchesOfAnySize: boolean;
  /** The schema of the tables, as saved queries name it. */
  readonly schema: string;
  /** What is answered where the columns of the query of this table are asked for, and where the database refuses it. */
  readonly described: (table: 'everything' | 'tied' | 'nowhere') => Answer;
}

const instant = (day: string) => `${day}T00:00:00+00:00`;

/** Describes the connector of a dialect: what holds for every one, and in `own` what holds for this one alone. */
export function describeDialect(facts: DialectFacts, own: (doubled: () => Doubled) => void): void {
  const { label, answers, config, settings, schema, described } = facts;
  describe(`the generated ${label} connector, with the double of its driver`, function () {
    this.timeout(120_000);
    needsPython('test');
    needsPython();
    let home: string;
    let doubled: Doubled;
    before(async () => {
      home = mkdtempSync(join(tmpdir(), 'dialect-'));
      doubled = await doubledConnector(answers, config, home, settings);
    });
    beforeEach(() => doubled.told());
    after(() => rmSync(home, { recursive: true, force: true }));

    itDiscoversAndReadsEverything(() => doubled, facts);
    own(() => doubled);
    if (facts.triesBatchesOfAnySize) itReadsInBatches({ connector: () => doubled.connector, instant });
    else itReadsByTheBatch(() => doubled, instant);
    itClosesConnections(() => doubled);
    itTakesNamesForNames(() => doubled, HOSTILE_ROW);
    itReadsSavedQueries({ answers, config, settings, schema, described, instant });
  });
}

/** In a `describe`: a table with columns of every type, and one whose only key is a unique constraint. */
function itDiscoversAndReadsEverything(
  doubled: () => Doubled,
  { hasKeys, columns, unread = [], row, exact }: DialectFacts,
): void {
  it('discovers columns with their types and keys', async () => {
    const found = outline(await doubled().connector.catalog());
    const key = hasKeys ? ['id'] : [];
    assert.deepEqual(found.everything, { columns, primary: key, unique: key });
    assert.deepEqual(found.unique_only, {
      columns: { x: 'integer?', y: 'integer', z: 'integer' },
      primary: [],
      unique: hasKeys ? ['z', 'y'] : [],
    });
  });

  it('reads values exactly, in what JSON can hold', async () => {
    const { connector } = doubled();
    const outcome = await connector.run({
      catalog: selectAll(await connector.catalog(), { without: unread }, ['everything']),
    });
    for (const [column, text] of Object.entries(exact))
      assert(outcome.stdout.includes(`${JSON.stringify(column)}: ${text}`), outcome.error ?? outcome.stdout);
    const zeros = Object.fromEntries(Object.keys(exact).map(column => [column, 0]));
    assert.deepEqual({ ...records(outcome)[0], ...zeros }, { ...zeros, ...row });
  });
}
