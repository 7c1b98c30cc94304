import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type ImportedName, printImports } from '../../src/python/compose/imports.ts';
import { pythonFaults } from '../../src/python/format.ts';

const MODULES = [
  ...['os', 'json', 'collections.abc', 'datetime', 'typing', 'urllib.parse', 'itertools'],
  ...['dateutil.parser', 'requests', 'requests.adapters', 'singer', 'sshtunnel', 'pymysql.cursors'],
  ...['mage_integrations.sources.base', 'mage_integrations.sources.acme_2.client', 'mage_integrations.sources.acme_10'],
  'mage_integrations.sources.a_connector_with_quite_a_long_name_of_its_own.streams.and_of_a_stream_as_well',
];
const NAMES = [
  'Dict',
  'List',
  'parse',
  'TIMEOUT',
  'a1',
  'a10',
  'a2',
  'Source',
  'main',
  '_private',
  'HTTPBasicAuth',
  'X',
];

const imported: fc.Arbitrary<ImportedName> = fc.record({
  module: fc.constantFrom(...MODULES),
  name: fc.option(fc.constantFrom(...NAMES), { nil: undefined, freq: 6 }),
  alias: fc.option(fc.constantFrom('alias', 'Other'), { nil: undefined, freq: 1 }).filter(alias => alias !== 'alias'),
});

/** Modules of connectors are only imported with names. */
function isUsual({ module, name }: ImportedName): boolean {
  return name !== undefined || !module.startsWith('mage_integrations');
}

describe('imports', () => {
  it('are sorted and broken as Ruff has them', () => {
    fc.assert(
      fc.property(fc.array(imported.filter(isUsual), { minLength: 1, maxLength: 25 }), imports => {
        const text = `${printImports(imports)}\n`;
        // Nothing uses them, and one name may be imported from several modules.
        const faults = pythonFaults(text).filter(fault => !/F401|F811/.test(fault));
        assert.deepEqual(faults, [], text);
      }),
      { numRuns: 300 },
    );
  });
});
