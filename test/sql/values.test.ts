import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { selectAll } from '../framework/catalog.ts';
import { workspaceCheckout } from '../framework/checkout.ts';
import { Connector } from '../framework/connector.ts';
import { needsPython, skipFor } from '../framework/needs.ts';
import { generate } from '../support/generate.ts';
import { DATABASES, type OpenDatabase } from './open.ts';
import { asText, outline, records } from './support.ts';

/** A value that no schema has, in a column of a type, and how the error names it. */
type Unfit = readonly [type: string, value: string, named: string];
/** Values that differ from those of a plain column in what they hold. */
type Fit = readonly [type: string, values: readonly string[], seen: string, ...expected: readonly unknown[]];

const FAR: readonly Unfit[] = ['date', 'timestamp', 'timestamptz'].flatMap(type => [
  [type, "'20231-01-01'", '20231-01-01'] as const,
  [type, "'0044-03-15 BC'", '0044-03-15'] as const,
]);
const ODD_TEXTS: Fit = [
  'text[]',
  [`ARRAY['a', NULL, 'NULL', ' b', 'c,d', '"', '\\']`, 'ARRAY[]::text[]'],
  'JSON?',
  ['a', null, 'NULL', ' b', 'c,d', '"', '\\'],
  [],
];

/** For each database, values of its types in a table `odd` of a column `v`. */
const VALUES: Record<keyof typeof DATABASES, { fit: Fit[]; unfit: Unfit[] }> = {
  PostgreSQL: {
    fit: [
      ODD_TEXTS,
      ['integer[]', [`'{{1},{2}}'`], 'JSON?', [[1], [2]]],
      ['jsonb', [`'[1]'`, `'{"a": null}'`, `'"x"'`, `'7'`, `'null'`], 'JSON?', [1], { a: null }, '"x"', '7', 'null'],
      ['numeric NOT NULL', `'NaN' 1.5`.split(' '), 'number?', null, 1.5],
      ['date NOT NULL', [`'infinity'`, `'2024-01-31'`], 'date-time?', null, '2024-01-31T00:00:00+00:00'],
    ],
    unfit: [...FAR],
  },
  MySQL: {
    fit: [
      ['json', [`'[1]'`, `'"x"'`], 'JSON?', [1], '"x"'],
      ['timestamp', [`'2024-01-31 10:00:00'`], 'date-time?', '2024-01-31T10:00:00+00:00'],
      ['date NOT NULL', [`'0000-00-00'`, `'2024-01-00'`], 'date-time?', null, null],
      ['bigint unsigned', ['9223372036854775807'], 'integer?', 2 ** 63],
    ],
    unfit: [['bigint unsigned', '18446744073709551615', '18446744073709551615']],
  },
  DuckDB: {
    fit: [
      ODD_TEXTS,
      ['integer[][]', ['[[1], [2]]'], 'JSON?', [[1], [2]]],
      ['json', [`'[1]'`, `'"x"'`], 'JSON?', [1], '"x"'],
    ],
    unfit: [
      ['hugeint', '170141183460469231731687303715884105727', '170141183460469231731687303715884105727'],
      ['ubigint', '18446744073709551615', '18446744073709551615'],
      ['date', "'20231-01-01'", '20231-01-01'],
      ['timestamptz', "'0044-03-15 (BC) 00:00:00'", '0044-03-15'],
    ],
  },
  SQLite: {
    fit: [
      ['', ['1', "'1'", '1.5', 'NULL'], 'string?', '1', '1', '1.5', null],
      ['datetime', ["'2024-01-31'", "'2024-01-31 10:00:00'"], 'date-time?', ...moments('31', '31T10')],
      ['integer', ['9223372036854775807'], 'integer?', 2 ** 63],
    ],
    unfit: [
      ['datetime', '1706695200', '1706695200'],
      ['date', "'31.01.2024'", "'31.01.2024'"],
      ['integer', "'many'", "'many'"],
      ['boolean', '7', '7'],
    ],
  },
};

function moments(...days: readonly string[]): string[] {
  return days.map(day => `2024-01-${day.includes('T') ? day : `${day}T00`}:00:00+00:00`);
}

for (const [name, { fit, unfit }] of Object.entries(VALUES))
  describe(`values of ${name} that are unlike others of their type`, function () {
    this.timeout(60_000);
    needsPython('test');
    needsPython();
    let home: string;
    let source: OpenDatabase;
    let connector: Connector;
    before(async function () {
      home = mkdtempSync(join(tmpdir(), 'values-'));
      const found = await DATABASES[name as keyof typeof DATABASES](home);
      if ('missing' in found) skipFor(this, found.missing);
      source = found;
      const checkout = workspaceCheckout(join(home, 'mage-ai'));
      const answers = { kind: 'sql', name: 'Some', dialect: source.dialect };
      const { folder } = await generate('sql', answers, { cwd: checkout.root });
      connector = new Connector({ checkout, folder, config: source.config });
    });
    after(async () => {
      await source?.drop();
      rmSync(home, { recursive: true, force: true });
    });

    const fill = async (type: string, values: readonly string[]) => {
      const rows = values.map((value, index) => `(${index}, ${value})`);
      // MariaDB has its first timestamp filled in unless it may be null, and takes no zero dates unless it is asked to.
      const create = `CREATE TABLE odd (id int PRIMARY KEY, v ${type === 'timestamp' ? 'timestamp NULL' : type})`;
      const lenient = source.dialect === 'mysql' ? "SET sql_mode = '';\n" : '';
      await source.execute(
        `DROP TABLE IF EXISTS odd;\n${create};\n${lenient}INSERT INTO odd VALUES ${rows.join(', ')};\n`,
      );
      return selectAll(await connector.catalog(['odd']));
    };

    // The framework of these tests holds each record against its schema.
    for (const [type, values, seen, ...expected] of fit)
      it(`${type || 'no type'}: ${values.join('; ')}`, async () => {
        const catalog = await fill(type, values);
        assert.equal(outline(catalog).odd?.columns.v, seen);
        const outcome = await connector.run({ catalog });
        assert.deepEqual(
          records(outcome).map(({ v }) => v),
          expected,
          outcome.error,
        );
      });

    for (const [type, value, named] of unfit)
      it(`${type}: ${value} ends the run with its place, unless the column is to be text`, async () => {
        const catalog = await fill(type, ['NULL', value]);
        const { exitCode, error = '' } = await connector.run({ catalog });
        assert.equal(exitCode, 1);
        assert(error.startsWith(`odd, column v: ${named}`), error);
        assert.match(error, /string as the type of the column in Mage, or leave it out$/);
        const [, row] = records(await connector.run({ catalog: asText(catalog, 'v') }));
        assert(String(row?.v).includes(named.replaceAll("'", '')), `${row?.v}`);
      });
  });
