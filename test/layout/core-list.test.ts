import assert from 'node:assert/strict';
import { readCoreSources, registerInCore } from '../../src/mage/core/list.ts';
import { assertRefused, edited } from '../python/assert-edit.ts';
import { HOSTILE_NAMES, registration } from './registration.ts';

const CONSTANTS = `from somewhere import index_by

SQL_SOURCES = [
    dict(name='BigQuery'),
    dict(
        name='Microsoft SQL Server',
        uuid='mssql',
    ),
]

MAPPING = index_by(SQL_SOURCES)

SOURCES = sorted([
    dict(name='Airtable'),
    dict(name='Zendesk'),
] + SQL_SOURCES, key=lambda x: x['name'])
`;
const FILE = 'mage_ai/data_integrations/sources/constants.py';
const register =
  (changes: Parameters<typeof registration>[0] = {}) =>
  (text: string) =>
    registerInCore(text, registration(changes));

describe('the list of sources in a checkout', () => {
  it('gets the name alone, at its sorted place', () => {
    assert.equal(
      edited(CONSTANTS, register()),
      CONSTANTS.replace("    dict(name='Airtable')", "    dict(name='Acme CRM'),\n    dict(name='Airtable')"),
    );
  });

  it('gets a database among the SQL sources, with what Mage cannot derive', () => {
    const after = edited(CONSTANTS, register({ name: 'Acme (DB)', className: 'AcmeDb', uuid: 'acme_db', sql: true }));
    const entry =
      "    dict(\n        name='Acme (DB)',\n        module_name='AcmeDb',\n        uuid='acme_db',\n    ),\n";
    assert.equal(after, CONSTANTS.replace("    dict(name='BigQuery')", `${entry}    dict(name='BigQuery')`));
  });

  it('gets the uuid of a database whose name has a space, by which the scheduler knows it', () => {
    const after = edited(CONSTANTS, register({ sql: true }));
    const entry = "    dict(\n        name='Acme CRM',\n        uuid='acme_crm',\n    ),\n";
    assert.equal(after, CONSTANTS.replace("    dict(name='BigQuery')", `${entry}    dict(name='BigQuery')`));
    const plain = edited(CONSTANTS, register({ name: 'Acme', className: 'Acme', uuid: 'acme', sql: true }));
    assert.ok(plain.includes("    dict(name='Acme'),\n"));
  });

  it('gets the uuid into an entry that an older version wrote, and leaves one that was edited', () => {
    const sql = register({ sql: true });
    const twice = (text: string, edit: (text: string) => string) => {
      const done = edit(text);
      assert.equal(edit(done), done);
      return done;
    };
    const after = edited(CONSTANTS, sql);
    const block = "dict(\n        name='Acme CRM',\n        uuid='acme_crm',\n    )";
    const old = after.replace(block, "dict(name='Acme CRM')");
    assert.notEqual(old, after);
    assert.equal(twice(old, sql), after);
    assert.equal(twice(old.replaceAll('\n', '\r\n'), sql), after.replaceAll('\n', '\r\n'));
    assert.equal(
      twice("SQL_SOURCES = [dict(name='Acme CRM'), dict(name='B')]\nSOURCES = []\n", sql),
      "SQL_SOURCES = [dict(name='Acme CRM', uuid='acme_crm'), dict(name='B')]\nSOURCES = []\n",
    );
    const named = { name: 'Acme DB', className: 'AcmeDb', uuid: 'acme_db', sql: true };
    const withClass = edited(CONSTANTS, register(named));
    const oldWithClass = withClass.replace("        uuid='acme_db',\n", '');
    assert.notEqual(oldWithClass, withClass);
    assert.equal(twice(oldWithClass, register(named)), withClass);
    const mine = old.replace("dict(name='Acme CRM')", "dict(name='Acme CRM', mine=1)");
    assert.equal(sql(mine), mine);
  });

  it('is kept in its quotes', () => {
    const after = edited(CONSTANTS.replaceAll("'", '"'), register());
    assert.ok(after.includes('    dict(name="Acme CRM"),\n'));
  });

  it('holds any name as nothing but that name', () => {
    for (const name of HOSTILE_NAMES) {
      const after = edited(CONSTANTS, register({ name }));
      assert.equal(readCoreSources(after).find(({ uuid }) => uuid === 'acme_crm')?.name, name);
      assert.equal(readCoreSources(after).length, 5);
    }
  });

  it('is read with what Mage derives', () => {
    assert.deepEqual(readCoreSources(CONSTANTS).slice(0, 2), [
      { name: 'BigQuery', uuid: 'bigquery', className: 'BigQuery' },
      { name: 'Microsoft SQL Server', uuid: 'mssql', className: 'MicrosoftSQLServer' },
    ]);
  });

  it('refuses a name or a uuid of another source, in either list', () => {
    assertRefused(
      () => register({ name: 'Airtable' })(CONSTANTS),
      FILE,
      '"Airtable" with the uuid airtable is registered already',
    );
    assertRefused(() => register({ uuid: 'mssql' })(CONSTANTS), FILE, '"Microsoft SQL Server" with the uuid mssql');
  });

  it('says what to add by hand if it is not as expected or missing', () => {
    const byHand = "add to the list SOURCES: dict(name='Acme CRM'),";
    assertRefused(() => register()('SOURCES = []\n'), FILE, 'SQL_SOURCES', byHand);
    assertRefused(() => registerInCore(undefined, registration()), FILE, 'no such file', byHand);
  });
});
