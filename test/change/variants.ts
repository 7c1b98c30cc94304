const schema = { properties: { id: 'integer', name: 'string', updated_at: 'date-time' } };
const stream = (name: string, more: object = {}) => ({
  name,
  path: `/${name}`,
  key_properties: ['id'],
  schema,
  ...more,
});
const incremental = { replication_key: 'updated_at', bookmark_param: 'since' };

const api = {
  kind: 'api',
  name: 'Acme CRM',
  base_url: 'https://api.acme.test',
  streams: [stream('contacts')],
};

/** Answers of one API connector that differ in what the user may change: nearly every line of its code is in one of them. */
export const API: readonly object[] = [
  api,
  { ...api, description: 'All that Acme has.', auth: { type: 'bearer' } },
  { ...api, auth: { type: 'basic' }, pagination: { type: 'page', page_size_param: 'limit', page_size: 50 } },
  {
    ...api,
    base_url: 'https://{region}.acme.test',
    auth: { type: 'api_key', in: 'query', name: 'key' },
    pagination: { type: 'cursor', cursor_param: 'after', cursor_header: 'X-Next', has_more_path: 'meta.more' },
    streams: [stream('contacts', incremental), stream('deals')],
  },
  {
    ...api,
    auth: { type: 'oauth2_refresh_token', token_url: 'https://api.acme.test/token' },
    rate_limit: { calls: 10, seconds: 1 },
    config: [{ name: 'team', description: 'The team' }],
    streams: [stream('contacts', { records_path: 'data.items' }), stream('deals', incremental), stream('tags')],
  },
  {
    ...api,
    auth: { type: 'session_token', login_path: '/login', token_path: 'token', name: 'X-Session' },
    response_format: 'csv',
    streams: [stream('accounts'), stream('contacts', { window_days: 7, ...incremental, bookmark_end_param: 'until' })],
  },
];

const file = { kind: 'file', name: 'Acme Exports', format: 'csv', streams: [stream('orders', { path: 'orders.csv' })] };

export const FILE: readonly object[] = [
  file,
  { ...file, delimiter: ';', encoding: 'cp1252' },
  { ...file, streams: [stream('orders', { path: '{region}/*.csv', replication_key: 'updated_at' })] },
  {
    ...file,
    format: 'json',
    streams: [stream('clients', { path: 'c.json', records_path: 'data' }), stream('orders', { path: 'o.json' })],
  },
];

const sql = { kind: 'sql', name: 'Acme Shop', dialect: 'sqlite' };

export const SQL: readonly object[] = [
  sql,
  { ...sql, description: 'The shop of Acme.', config: [{ name: 'region', default: 'eu' }] },
  { ...sql, dialect: 'duckdb' },
  { ...sql, dialect: 'postgresql', streams: [{ name: 'top', query: 'SELECT 1 AS id', key_properties: ['id'] }] },
];
