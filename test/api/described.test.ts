import assert from 'node:assert/strict';
import { type CatalogStream, selectAll } from '../framework/catalog.ts';
import { needsPython } from '../framework/needs.ts';
import { testModule, unittest } from '../framework/unittest.ts';
import { connectorOf, records } from './support.ts';
import { type TextServer, textServer } from './text-server.ts';

const KEYS = { key_properties: ['id'], schema: { properties: { id: 'string' } } };
/** What an API says of one object alone. */
const FIELDS: Readonly<Record<string, readonly object[]>> = {
  Account: [
    { name: 'id', type: 'id' },
    { name: 'AnnualRevenue', type: 'double' },
  ],
  'My Thing__c': [
    { name: 'id', type: 'id' },
    { name: 'Open?', type: 'boolean' },
  ],
};
const TYPES = { double: 'number', boolean: 'boolean' };

/** Each object has a description at an address of its own. */
const OBJECTS = [
  {
    name: 'objects',
    path: '/objects',
    key_properties: ['name'],
    schema: { properties: { name: 'string' } },
  },
  {
    name: 'descriptions',
    path: '/objects/{object}/describe',
    parent: { stream: 'objects', field: 'name', as: 'object' },
    records_in: 'object',
    key_properties: ['name'],
    schema: { properties: { name: 'string', fields: ['object'] } },
  },
  {
    name: 'rows',
    path: '/query',
    params: { q: 'FROM {object}' },
    ...KEYS,
    streams_from: { stream: 'descriptions', as: { object: 'name' }, columns: { in: 'fields', types: TYPES } },
  },
];

/** One stream whose columns have an address. */
const CONTACTS = [
  {
    name: 'contact_fields',
    path: '/contacts/fields',
    records_in: 'object',
    columns: { of: { value: 'contacts' } },
    schema: { properties: { of: 'string', fields: ['object'] } },
  },
  {
    name: 'contact',
    path: '/contacts',
    ...KEYS,
    streams_from: {
      stream: 'contact_fields',
      name: 'of',
      as: { of: 'of' },
      columns: { in: 'fields', types: TYPES },
    },
  },
];

describe('streams that an API describes one by one', function () {
  this.timeout(120_000);
  needsPython();
  let server: TextServer;
  before(async () => {
    server = await textServer(({ path, params }) => {
      const [, first, name, last] = path.split('/');
      if (first === 'contacts') return name ? { fields: FIELDS.Account } : [{ id: 'c', AnnualRevenue: 1.5 }];
      if (last === 'describe') return { name, fields: FIELDS[name as string] };
      if (first === 'objects') return Object.keys(FIELDS).map(each => ({ name: each }));
      const isAccount = params[0]?.[1] === 'FROM Account';
      return [isAccount ? { id: 'a', AnnualRevenue: 2 } : { id: 't', 'Open?': true }];
    });
  });
  after(() => server.close());

  const read = async (streams: readonly object[], name: string) => {
    const { checkout, generated, connector } = await connectorOf({ streams });
    const { passed, report } = await unittest(checkout, [testModule(generated.folder)]);
    assert.ok(passed, report);
    const over = connector.with({ port: server.port });
    const catalog = await over.catalog();
    const found = catalog.streams.find(stream => stream.tap_stream_id === name) as CatalogStream;
    const outcome = await over.run({ catalog: selectAll(catalog, {}, [name]) });
    assert.equal(outcome.exitCode, 0, outcome.error);
    return { columns: found.schema.properties, rows: records(outcome, name) };
  };

  it('have the columns of an address for each of them', async () => {
    const { columns, rows } = await read(OBJECTS, 'my_thing_c');
    assert.deepEqual(Object.keys(columns), ['id', 'open']);
    assert.deepEqual(rows, [{ id: 't', open: true }]);
  });

  it('have them, where only one does', async () => {
    const { columns, rows } = await read(CONTACTS, 'contacts');
    assert.deepEqual(columns.annual_revenue?.type, ['null', 'number']);
    assert.deepEqual(rows, [{ id: 'c', annual_revenue: 1.5 }]);
  });
});
