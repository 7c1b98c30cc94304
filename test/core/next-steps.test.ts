import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileOutcome } from '../../src/changes/run.ts';
import { configurationLines } from '../../src/connector/configuration.ts';
import { planConnectorRun } from '../../src/connector/run.ts';
import { apply, kindOf, temporaryFolder } from '../support/generate.ts';

const answers = {
  kind: 'api',
  name: 'Acme CRM',
  base_url: 'https://api.acme.test',
  streams: [{ name: 'deals', path: '/deals', key_properties: ['id'], schema: { properties: { id: 'integer' } } }],
};

/** What a run in a folder says last. */
async function lastLines(cwd: string, changedAnswers = {}): Promise<string> {
  const file = join(temporaryFolder(), 'answers.json');
  writeFileSync(file, JSON.stringify({ ...answers, ...changedAnswers }));
  const given = { answers: file, dryRun: false, force: false, bail: false, json: false };
  const kind = await kindOf('api');
  const run = await planConnectorRun(kind, { given, flags: {}, cwd, intent: 'any' }, undefined);
  await apply(run.changes);
  return run.report(run.changes.map(change => fileOutcome(change, change.content, false))).text;
}

/** What a checkout of mage-ai is known by. */
function checkout(): string {
  const root = temporaryFolder();
  for (const folder of ['mage_integrations/mage_integrations/sources', 'mage_ai/data_integrations/sources'])
    mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(
    join(root, 'mage_ai/data_integrations/sources/constants.py'),
    "SQL_SOURCES = [\n]\nSOURCES = [\n    dict(name='Amplitude'),\n]\n",
  );
  return root;
}

describe('the last lines of a run', () => {
  it('have commands that run as they are, from where the run was started', async () => {
    const cwd = temporaryFolder();
    const lines = await lastLines(cwd);
    assert.match(lines, /^ {2}cp sources\/acme_crm\/templates\/config\.json ~\/acme_crm\.json$/m);
    assert.match(lines, /^ {2}mage-connector verify --connector sources\/acme_crm --config ~\/acme_crm\.json$/m);
    assert.doesNotMatch(lines, /path\/to|FILE|\$MAGE/);
  });

  it('have the tests where these need no place to be filled in', async () => {
    assert.match(await lastLines(checkout()), /python3 -m unittest mage_integrations\.tests\.sources\.acme_crm/);
    assert.doesNotMatch(await lastLines(temporaryFolder()), /unittest/);
  });

  it('list what is configured, and which answer made it, before that', async () => {
    const lines = await lastLines(temporaryFolder(), {
      base_url: 'https://{region}.acme.test',
      auth: { type: 'bearer' },
      config: [{ name: 'region', default: 'eu' }, { name: 'limit' }],
      streams: [
        {
          ...answers.streams[0],
          path: '/{account}/deals',
          replication_key: 'updated_at',
          schema: { properties: { id: 'integer', updated_at: 'date-time' } },
        },
      ],
    });
    const [, table = ''] = /which answer made it:\n\n([\s\S]*?)\n\n/.exec(lines) ?? [];
    assert.deepEqual(
      table.split('\n').map(line => line.trim().split(/ {2,}/)),
      [
        ['access_token', 'required, secret', 'auth'],
        ['region', 'default eu', '{region} in base_url'],
        ['account', 'required', '{account} in path of deals'],
        ['start_date', 'optional', 'replication_key of deals'],
        ['limit', 'required', 'config'],
      ],
    );
    assert.doesNotMatch(await lastLines(temporaryFolder()), /which answer made it/);
  });

  it('are no wider than a terminal', () => {
    const key = { name: 'a_rather_long_name_of_a_key', description: '', required: true, secret: true };
    const origin = { key, answer: '{a_rather_long_name_of_a_key} in base_url of opportunities' };
    for (const line of configurationLines([origin, origin], 60)) assert.ok(line.length <= 60, line);
  });

  it('are left out where nothing had to be written', async () => {
    const cwd = temporaryFolder();
    await lastLines(cwd);
    assert.equal((await lastLines(cwd)).trim().split('\n').length, 1);
  });

  it('are quoted where the connector is elsewhere', async () => {
    const root = join(checkout(), '..', "it's here");
    mkdirSync(join(root, 'mage_integrations/mage_integrations/sources'), { recursive: true });
    mkdirSync(join(root, 'mage_ai/data_integrations/sources'), { recursive: true });
    writeFileSync(join(root, 'mage_ai/data_integrations/sources/constants.py'), 'SQL_SOURCES = []\nSOURCES = []\n');
    const below = join(root, 'mage_ai');
    assert.match(
      await lastLines(below),
      /--connector '.*\/it'\\''s here\/mage_integrations\/mage_integrations\/sources\/acme_crm' /,
    );
  });
});
