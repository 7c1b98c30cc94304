import type { StreamModel } from '../../../connector/model.ts';

/** A stream as the answers describe it, whatever the connector calls its parts. */
export interface NewStream extends StreamModel {
  readonly path: string | undefined;
  /** The keys on the way to the records; empty where the response itself is the list. */
  readonly recordsPath: readonly string[];
}

/** What an attribute of a stream class stands for. */
export type Role =
  | 'name'
  | 'entity'
  | 'path'
  | 'keys'
  | 'key'
  | 'method'
  | 'bookmark'
  | 'bookmarks'
  | 'schema'
  | 'records'
  | 'inner records';

/** The names that Mage's connectors and Singer's taps have for the same things, in lower case. */
const ROLES: Readonly<Record<string, Role>> = {
  table: 'name',
  tap_stream_id: 'name',
  stream_name: 'name',
  stream_id: 'name',
  name: 'name',
  entity: 'entity',
  url_path: 'path',
  path: 'path',
  endpoint: 'path',
  key_properties: 'keys',
  primary_keys: 'keys',
  primary_key: 'key',
  replication_method: 'method',
  replication_key: 'bookmark',
  bookmark_properties: 'bookmarks',
  valid_replication_keys: 'bookmarks',
  replication_keys: 'bookmarks',
  schema: 'schema',
  data_key: 'records',
  parse_response_root: 'records',
  records_key: 'records',
  sub_data_key: 'inner records',
};

/** The order in which attributes are written that no other stream shows a place for. */
export const ROLE_ORDER: readonly Role[] = [
  'name',
  'entity',
  'method',
  'bookmark',
  'keys',
  'key',
  'bookmarks',
  'path',
  'schema',
  'records',
  'inner records',
];

export function roleOf(attribute: string): Role | undefined {
  const name = attribute.toLowerCase();
  return Object.hasOwn(ROLES, name) ? ROLES[name] : undefined;
}

/** What the singular of a stream's name is, as most APIs name one record: `item_families` → `item_family`. */
export function entityOf(stream: string): string {
  if (/(?:s|x|z|ch|sh)es$/.test(stream)) return stream.slice(0, -2);
  if (/[^aeiou]ies$/.test(stream)) return `${stream.slice(0, -3)}y`;
  return /[^su]s$/.test(stream) ? stream.slice(0, -1) : stream;
}
