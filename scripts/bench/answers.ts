import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Bench } from './setup.ts';

/** Writes the answers of an API of so many streams, and gives the file. */
export function answersOf({ folder }: Bench, streams: number): string {
  const file = join(folder, `answers-${streams}.yaml`);
  const numbers = Array.from({ length: streams }, (_, index) => index + 1);
  writeFileSync(file, stringify({ ...API, streams: numbers.map(stream) }));
  return file;
}

/** An API with a bearer token and cursors. */
export const API = {
  kind: 'api',
  name: 'Acme CRM',
  layout: 'standalone',
  base_url: 'https://api.acme.test/v2',
  auth: { type: 'bearer' },
  pagination: {
    type: 'cursor',
    cursor_param: 'cursor',
    cursor_path: 'meta.next',
    page_size_param: 'limit',
    page_size: 100,
  },
};

/** An incremental stream of it. */
export function stream(number: number): object {
  return {
    name: `items_${number}`,
    path: `/items/${number}`,
    records_path: 'data',
    key_properties: ['id'],
    replication_key: 'updated_at',
    bookmark_param: 'updated_since',
    schema: {
      properties: {
        id: 'integer',
        name: 'string',
        amount: 'number',
        active: 'boolean',
        owner: { type: 'object', properties: { id: { type: 'integer' }, name: { type: 'string' } } },
        tags: { type: 'array', items: { type: 'string' } },
        created_at: 'date-time',
        updated_at: 'date-time',
      },
    },
  };
}
