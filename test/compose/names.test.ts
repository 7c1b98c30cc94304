import assert from 'node:assert/strict';
import { streamNames } from '../../src/connector/stream-names.ts';
import { plan } from '../support/generate.ts';

/** The class of a connector of that kind and name. */
async function classNamed(kind: 'api' | 'file' | 'sql', name: string): Promise<string> {
  const rows = { name: 'rows', schema: { properties: { id: 'integer' } } };
  const answers = {
    api: { base_url: 'https://acme.test', streams: [{ ...rows, path: '/rows' }] },
    file: { format: 'csv', streams: [{ ...rows, path: '*.csv' }] },
    sql: { dialect: 'postgresql' },
  };
  const { model } = await plan(kind, { kind, name, ...answers[kind] });
  return model.className;
}

describe('the class of a connector', () => {
  const taken = {
    api: ['Source', 'Decimal', 'Dict', 'Element Tree', 'Base Adapter', 'BaseStream', 'FakeApi', 'STREAMS', 'Exception'],
    file: ['Source', 'Decimal', 'JSONDecoder', 'STREAMS', 'Dict', 'Exception', 'Timeout Error'],
    sql: [
      'Source',
      'Dict',
      'Schema',
      'Catalog',
      'PredicateOperator',
      'DuckDBConnection',
      'RSAKey',
      'UUID',
      'DRIVER',
      'Exception',
    ],
  };
  for (const [kind, names] of Object.entries(taken))
    for (const name of names)
      it(`of ${kind} gets another name than ${name}, which its modules or Python itself have`, async () => {
        assert.equal(await classNamed(kind as 'api', name), `${name.replace(' ', '')}Source`);
      });

  const free = {
    api: ['Acme', 'ApiSource', 'Discovery', 'Thread'],
    file: ['Acme', 'File Source', 'Csv', 'Placeholders', 'Client', 'Thread'],
    sql: ['Acme', 'Discovery', 'PostgreSQL', 'Client', 'Port'],
  };
  for (const [kind, names] of Object.entries(free))
    for (const name of names)
      it(`of ${kind} may be called ${name}`, async () => {
        assert.equal(await classNamed(kind as 'api', name), name.replace(' ', ''));
      });
});

describe('the class of a stream', () => {
  for (const name of ['Dict', 'BaseStream', 'STREAMS', 'BaseAdapter', 'Exception', 'Catalog', 'Client'])
    it(`gets another name than ${name}, which modules of connectors or Python itself have`, () => {
      assert.equal(streamNames(name).className, `${name}Stream`);
    });

  for (const name of ['Deals', 'Conversions', 'Thread'])
    it(`may be called ${name}`, () => assert.equal(streamNames(name).className, name));
});
