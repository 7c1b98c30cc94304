import assert from 'node:assert/strict';
import { readConnector } from '../../src/connector/existing.ts';
import { planStreamsEdit } from '../../src/streams/ours.ts';
import type { StreamRun } from '../../src/streams/plan.ts';
import { type Generated, generate, kindOf } from '../support/generate.ts';

const ANSWERS = {
  api: { kind: 'api', name: 'Acme CRM', base_url: 'https://api.acme.test', auth: { type: 'bearer' } },
  file: { kind: 'file', name: 'Acme Exports', format: 'json' },
  sql: { kind: 'sql', name: 'Acme Warehouse', dialect: 'sqlite' },
};

const stream = (name: string, more: object = {}) => ({
  name,
  key_properties: ['id'],
  schema: { properties: { id: 'integer', updated_at: 'date-time' } },
  ...more,
});

/** The streams of the connectors of ours that the tests change. */
export const STREAMS = {
  api: [
    stream('contacts', { path: '/contacts' }),
    stream('deals', { path: '/deals', replication_key: 'updated_at', bookmark_param: 'since' }),
    stream('tags', { path: '/tags' }),
  ],
  file: [
    stream('contacts', { path: 'contacts.json' }),
    stream('deals', { path: 'deals.json', replication_key: 'updated_at' }),
    stream('tags', { path: 'tags.json' }),
  ],
  sql: [
    { name: 'contacts', query: 'SELECT * FROM contacts', key_properties: ['id'] },
    { name: 'deals', query: 'SELECT * FROM deals -- open', key_properties: ['id'], replication_key: 'updated_at' },
    { name: 'tags', query: 'SELECT tag\nFROM deals' },
  ],
};

/** Generates one, in a folder of its own. */
export function generateOurs(
  kind: keyof typeof STREAMS,
  streams: readonly object[] = STREAMS[kind],
): Promise<Generated> {
  return generate(kind, { ...ANSWERS[kind], streams });
}

/** Plans what taking out or renaming one of its streams writes. */
export async function planOurs(folder: string, name: string, renamed?: string, force = false): Promise<StreamRun> {
  const connector = readConnector(folder);
  assert.ok(connector);
  const kind = await kindOf(connector.answers.kind);
  return planStreamsEdit({ kind, connector, name, renamed, force });
}
