import type { ConnectorBase, Report } from '../common/kind.ts';
import type { ConnectorModel, StreamModel } from '../common/model/connector.ts';
import type { ApiAnswers, ApiStreamAnswers } from './answers.ts';
import { schemesOf } from './auth.ts';
import type { ApiModel, ApiStreamModel, AuthModel, ResponseFormat } from './model.ts';
import { paginationParams, reportPagination, withPageSize } from './pagination.ts';
import { linkParents, parentsOf } from './parents.ts';
import { hasPlaceholder } from './placeholders.ts';
import { authModel, usesOf } from './uses.ts';

/** Headers that carry secrets, which belong into the configuration. */
const SECRET_HEADER = /^(authorization|proxy-authorization|cookie)$|(api|access|auth)[-_]?(key|token|secret)/i;

/** The formats whose values have types. */
const TYPED: readonly ResponseFormat[] = ['json', 'jsonl'];

const ACCEPT: Readonly<Record<ResponseFormat, string>> = {
  json: 'application/json',
  jsonl: 'application/x-ndjson, application/jsonl, application/json',
  csv: 'text/csv',
  xml: 'application/xml, text/xml',
};

type StreamReport = (key: string, message: string, hint?: string) => void;

/** Checks what an API stream's answers say together, and completes its model. */
export function resolveApiStream(given: unknown, stream: StreamModel, report: StreamReport): ApiStreamModel {
  const answer = given as ApiStreamAnswers;
  const { bookmark_param, bookmark_format, graphql } = answer;
  reportIncremental(answer, stream, report);
  if (answer.pagination) reportPagination(answer.pagination, (key, ...rest) => report(`pagination.${key}`, ...rest));
  reportBookmarkType(stream, report);
  reportBody(answer, report);
  reportRecords(answer, stream, report);
  const posts = answer.body !== undefined || graphql !== undefined || answer.params_in === 'body';
  const method = answer.method ?? (posts ? 'POST' : 'GET');
  return {
    ...stream,
    path: answer.path.replace(/^\/+/, ''),
    method,
    body: method === 'POST' ? (answer.body ?? {}) : undefined,
    graphql,
    params: answer.params ?? {},
    paramsIn: answer.params_in ?? (graphql === undefined ? 'query' : 'body'),
    bodyParams: [],
    recordsPath: answer.records_path?.split('.').filter(Boolean) ?? [],
    recordsIn: answer.records_in ?? 'list',
    mapKey: answer.map_key,
    recordFilter: answer.record_filter ?? {},
    fromResponse: Object.fromEntries(
      Object.entries(answer.from_response ?? {}).map(([column, path]) => [column, path.split('.')]),
    ),
    conversions: {},
    bookmarkParam: bookmark_param,
    bookmarkFormat: bookmark_format ?? 'iso8601',
    parents: parentsOf(answer),
    childFields: [],
    bookmarkEndParam: answer.bookmark_end_param,
    windowDays: answer.window_days,
    lookback: answer.lookback_seconds ?? 0,
    sorted: answer.sorted ?? false,
    emptyStatuses: answer.empty_statuses ?? [],
    pagination: answer.pagination && withPageSize(answer.pagination),
  };
}

function reportBody({ method, body, graphql, params_in }: ApiStreamAnswers, report: StreamReport): void {
  if (method !== 'GET') return;
  if (body !== undefined) report('body', 'has no place in a GET request', 'method: POST');
  if (graphql !== undefined) report('graphql', 'has no place in a GET request', 'method: POST');
  if (params_in === 'body') report('params_in', 'a GET request has no body', 'method: POST');
}

function reportIncremental(answer: ApiStreamAnswers, stream: StreamModel, report: StreamReport): void {
  const given = (keys: readonly (keyof ApiStreamAnswers)[]) => keys.filter(key => answer[key] !== undefined);
  const ofBookmark = ['bookmark_param', 'bookmark_end_param', 'window_days', 'lookback_seconds', 'sorted'] as const;
  if (stream.replicationMethod !== 'INCREMENTAL')
    for (const key of given(ofBookmark)) report(key, 'has no use without a replication_key');
  if (answer.bookmark_param === undefined)
    for (const key of given(['bookmark_format', 'bookmark_end_param', 'window_days']))
      report(key, 'has no use without a bookmark_param');
  if (answer.window_days !== undefined && answer.bookmark_end_param === undefined)
    report('window_days', 'needs a bookmark_end_param for the end of each window');
}

function reportRecords(
  { records_in, map_key, from_response }: ApiStreamAnswers,
  { schema }: StreamModel,
  report: StreamReport,
): void {
  const unknown = (key: string, column: string) =>
    column in schema.properties || report(key, `${column} is no column of the schema`, 'add it to the schema');
  if (map_key !== undefined && records_in !== 'map') report('map_key', 'has no use without records_in: map');
  if (map_key !== undefined) unknown('map_key', map_key);
  for (const column of Object.keys(from_response ?? {})) unknown('from_response', column);
}

function reportBookmarkType({ replicationKey, schema }: StreamModel, report: StreamReport): void {
  const column = replicationKey === undefined ? undefined : schema.properties[replicationKey];
  const type = column?.type[1];
  if (!type || ['string', 'integer', 'number'].includes(type)) return;
  report(
    'replication_key',
    `${replicationKey} is of the type ${type}`,
    'a bookmark is a moment: text in ISO 8601, or a number since 1970',
  );
}

/** The model of an API connector. */
export function resolveApi(
  answers: ApiAnswers,
  base: ConnectorBase & Pick<ConnectorModel, 'config'>,
  streams: readonly StreamModel[],
  report: Report,
): ApiModel {
  for (const [name, value] of Object.entries(answers.headers ?? {})) reportHeader(name, value, report);
  reportPagination(answers.pagination, (key, ...rest) => report(['pagination', key], ...rest));
  const pagination = withPageSize(answers.pagination);
  const responseFormat = answers.response_format ?? 'json';
  const models = linkParents(streams as readonly ApiStreamModel[], report).map(stream => ({
    ...stream,
    bodyParams: bodyParams(stream, pagination),
    conversions: TYPED.includes(responseFormat) ? {} : conversions(stream.schema),
  }));
  if (answers.csv_delimiter !== undefined && responseFormat !== 'csv')
    report(['csv_delimiter'], 'has no use without response_format: csv');
  const auth = authModel(schemesOf(answers.auth));
  reportKeyInBody(auth, models, report);
  const baseUrl = answers.base_url.replace(/\/+$/, '');
  const signed = auth.schemes.flatMap(({ answer }) => (answer.type === 'jwt' ? answer.algorithm : []));
  return {
    ...base,
    kind: 'api',
    pythonPackages: signed.length > 0 ? [signed.every(name => name.startsWith('HS')) ? 'PyJWT' : 'PyJWT[crypto]'] : [],
    baseUrl,
    auth,
    clientCertificate: answers.client_certificate === true,
    headers: { Accept: ACCEPT[responseFormat], ...answers.headers },
    responseFormat,
    csvDelimiter: answers.csv_delimiter ?? ',',
    rateLimit: answers.rate_limit,
    pagination,
    streams: models,
    uses: usesOf({ baseUrl, headers: answers.headers ?? {}, pagination, streams: models }),
  };
}

/** The names of the parameters that a stream has in its body: all of them, or those of a cursor. */
function bodyParams(stream: ApiStreamModel, inherited: ApiModel['pagination']): string[] {
  const pagination = stream.pagination ?? inherited;
  const paging = paginationParams(pagination);
  if (stream.method !== 'POST') return [];
  const cursorIn = pagination.type === 'cursor' ? pagination.cursor_in : undefined;
  const others = [...Object.keys(stream.params), stream.bookmarkParam, stream.bookmarkEndParam].filter(
    name => name !== undefined,
  );
  return [...(stream.paramsIn === 'body' ? others : []), ...((cursorIn ?? stream.paramsIn) === 'body' ? paging : [])];
}

/** The columns that have to be made of text, and the Python that does it. */
function conversions({ properties }: StreamModel['schema']): Record<string, string> {
  const functions: Readonly<Record<string, string>> = { integer: 'int', number: 'float', boolean: 'to_bool' };
  return Object.fromEntries(
    Object.entries(properties).flatMap(([column, { type }]) => {
      const convert = functions[type[1] as string];
      return convert === undefined ? [] : [[column, convert]];
    }),
  );
}

function reportKeyInBody(auth: AuthModel, streams: readonly ApiStreamModel[], report: Report): void {
  if (auth.fields && streams.some(({ method }) => method === 'GET'))
    report(['auth', 'in'], 'a GET request has no body for the key', 'method: POST for every stream');
}

function reportHeader(name: string, value: string, report: Report): void {
  // RFC 9110, section 5.1: a header's name is a token.
  if (!/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name)) report(['headers', name], 'is no name that a header can have');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what HTTP forbids
  if (/[\u0000-\u0008\u000a-\u001f\u007f]|[^\u0000-\u00ff]|^[\t ]|[\t ]$/.test(value))
    report(['headers', name], 'has characters that a header cannot hold');
  if (SECRET_HEADER.test(name) && !hasPlaceholder([value])) {
    report(
      ['headers', name],
      'looks like a secret, which would stand in the code',
      'use auth, or a {key} of the configuration',
    );
  }
}
