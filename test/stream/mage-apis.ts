// With the digits that singer's transformer gives a time, which some of them run records through.
export const records = [{ id: 7, updated_at: '2024-01-01T00:00:00.000000Z' }];

export interface MageApi {
  /** What the addresses of its API begin with. */
  readonly base_url: string;
  /** What its constructor, its discovery and a run read. */
  readonly config: Record<string, unknown>;
  /** Where the records of a stream are, if its class says that. */
  readonly records_path?: (stream: string) => string;
  /** What its API answers to a request for a stream. */
  readonly answer: (stream: string) => unknown;
  /** What it answers before: to a login, or to a check of the token. */
  readonly before?: readonly (readonly [string, unknown])[];
}

/** Mage's own connectors with a registry to add to. */
export const WITH_REGISTRY: Readonly<Record<string, MageApi>> = {
  paystack: {
    base_url: 'https://api.paystack.co',
    config: { secret_key: 'secret' },
    answer: () => ({ data: records, meta: { page: 1, pageCount: 1 } }),
  },
  chargebee: {
    base_url: 'https://acme.chargebee.com/api/v2',
    config: { site: 'acme', start_date: '2020-01-01' },
    answer: stream => ({ list: records.map(record => ({ [stream.slice(0, -1)]: record })) }),
    before: [['configurations', { configurations: [{ domain: 'acme', product_catalog_version: 'v2' }] }]],
  },
  commercetools: {
    base_url: 'https://api.eu.gcp.commercetools.com/acme',
    config: { region: 'eu', host: 'gcp', project_key: 'acme', client_id: 'id', client_secret: 'secret' },
    answer: () => ({ results: records, count: 1 }),
    before: [
      ['oauth/token', { access_token: 'token' }],
      ['offset=1', { results: [], count: 0 }],
    ],
  },
  front: { base_url: 'https://api2.frontapp.com', config: { token: 'token' }, answer: () => ({ _results: records }) },
  datadog: {
    base_url: 'https://api.datadoghq.com/api/v2',
    config: { api_key: 'key', application_key: 'key' },
    records_path: () => 'data',
    answer: () => ({ data: records }),
  },
  intercom: {
    base_url: 'https://api.intercom.io',
    config: { access_token: 'token', start_date: '2020-01-01' },
    records_path: () => 'data',
    answer: () => ({ data: records }),
    before: [['/tags', { type: 'list' }]],
  },
  mode: {
    base_url: 'https://app.mode.com/api/acme',
    config: { access_token: 'token', password: 'secret', workspace: 'acme', start_date: '2020-01-01' },
    records_path: stream => `_embedded.${stream}`,
    answer: stream => ({ _embedded: { [stream]: records } }),
    before: [['/spaces', { type: 'list' }]],
  },
  tableau: {
    base_url: 'https://tableau.test',
    config: { access_token: 'token', base_url: 'https://tableau.test', start_date: '2020-01-01' },
    records_path: stream => `${stream}.${stream.slice(0, -1)}`,
    answer: stream => ({ [stream]: { [stream.slice(0, -1)]: records } }),
    before: [['/workbooks', { workbooks: {} }]],
  },
  knowi: {
    base_url: 'https://knowi.com/api/1.0',
    config: { access_token: 'token', start_date: '2020-01-01' },
    records_path: () => 'list',
    answer: () => ({ list: records }),
    before: [['/dashboards', { list: [] }]],
  },
  powerbi: {
    base_url: 'https://api.powerbi.com/v1.0/myorg',
    config: { access_token: 'token', start_date: '2020-01-01' },
    records_path: () => 'value',
    answer: () => ({ value: records }),
    before: [['/dashboards', { value: [] }]],
  },
  monday: {
    base_url: 'https://api.monday.com/v2',
    config: { api_token: 'token' },
    records_path: stream => `data.${stream}`,
    answer: stream => ({ data: { [stream]: records } }),
  },
};
