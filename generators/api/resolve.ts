import type { ConnectorBase, Report } from '../common/kind.ts';
import type { ConfigKey, ConnectorModel, StreamModel } from '../common/model/connector.ts';
import type { ApiAnswers, ApiStreamAnswers, PaginationAnswer } from './answers.ts';
import type { ApiModel, ApiStreamModel } from './model.ts';

const PLACEHOLDER = /\{([a-z][a-z0-9_]*)\}/g;

/** Headers that carry secrets, which belong into the configuration. */
const SECRET_HEADER = /^(authorization|proxy-authorization|cookie)$|(api|access|auth)[-_]?(key|token|secret)/i;

/** The configuration keys of an API connector: its secrets, the placeholders, and where incremental streams begin. */
export function apiConfig(answers: ApiAnswers): ConfigKey[] {
  const keys: ConfigKey[] = [];
  if (answers.auth.type === 'bearer') keys.push(secret('access_token', 'The token that is sent as a bearer token'));
  if (answers.auth.type === 'api_key')
    keys.push(secret('api_key', `The key that is sent in the ${answers.auth.in} ${answers.auth.name}`));
  for (const name of placeholders(answers)) {
    keys.push({
      name,
      description: `Stands for {${name}} in the addresses or headers`,
      required: true,
      secret: false,
      derived: true,
    });
  }
  if (answers.streams.some(({ replication_key }) => replication_key !== undefined)) {
    keys.push({
      name: 'start_date',
      description: 'Where incremental streams begin, such as 2024-01-01; without it, at the first record',
      required: false,
      secret: false,
    });
  }
  return keys;
}

function secret(name: string, description: string): ConfigKey {
  return { name, description, required: true, secret: true };
}

function placeholders({ base_url, headers, streams }: ApiAnswers): Set<string> {
  const texts = [
    base_url,
    ...Object.values(headers ?? {}),
    ...streams.flatMap(({ path, params }) => [path, ...Object.values(params ?? {})]),
  ];
  const names = texts.flatMap(text => [...text.matchAll(PLACEHOLDER)].map(([, name]) => name as string));
  return new Set(names.filter(name => !['access_token', 'api_key'].includes(name)));
}

/** Checks what an API stream's answers say together, and completes its model. */
export function resolveApiStream(
  answer: unknown,
  stream: StreamModel,
  report: (key: string, message: string, hint?: string) => void,
): ApiStreamModel {
  const { path, params, records_path, bookmark_param, bookmark_format, pagination } = answer as ApiStreamAnswers;
  const incremental = stream.replicationMethod === 'INCREMENTAL';
  if (!incremental && bookmark_param !== undefined) report('bookmark_param', 'has no use without a replication_key');
  if (bookmark_param === undefined && bookmark_format !== undefined)
    report('bookmark_format', 'has no use without a bookmark_param');
  reportBookmarkType(stream, report);
  return {
    ...stream,
    path: path.replace(/^\/+/, ''),
    params: params ?? {},
    recordsPath: records_path?.split('.').filter(Boolean) ?? [],
    bookmarkParam: bookmark_param,
    bookmarkFormat: bookmark_format ?? 'iso8601',
    pagination: pagination && withPageSize(pagination),
  };
}

function reportBookmarkType(
  { replicationKey, schema }: StreamModel,
  report: (key: string, message: string, hint?: string) => void,
): void {
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
  const models = streams as readonly ApiStreamModel[];
  const incremental = models.filter(({ replicationKey }) => replicationKey !== undefined);
  return {
    ...base,
    kind: 'api',
    pythonPackages: [],
    baseUrl: answers.base_url.replace(/\/+$/, ''),
    auth: answers.auth,
    headers: { Accept: 'application/json', ...answers.headers },
    pagination: withPageSize(answers.pagination),
    streams: models,
    uses: {
      incremental: incremental.length > 0,
      serverFilter: incremental.some(({ bookmarkParam }) => bookmarkParam !== undefined),
      clientFilter: incremental.some(({ bookmarkParam }) => bookmarkParam === undefined),
      bookmarkFormats: [
        ...new Set(
          incremental
            .filter(({ bookmarkParam }) => bookmarkParam !== undefined)
            .map(({ bookmarkFormat }) => bookmarkFormat),
        ),
      ].sort(),
      textColumns: models.some(({ textColumns }) => textColumns.length > 0),
      params: models.some(({ params }) => Object.keys(params).length > 0),
      cursor: [answers.pagination, ...models.map(({ pagination }) => pagination)].some(
        pagination => pagination?.type === 'cursor',
      ),
      placeholders: {
        baseUrl: hasPlaceholder([answers.base_url]),
        paths: hasPlaceholder(models.map(({ path }) => path)),
        headers: hasPlaceholder(Object.values(answers.headers ?? {})),
        params: hasPlaceholder(models.flatMap(({ params }) => Object.values(params))),
      },
    },
  };
}

/** A page size is sent with its parameter, so each alone is completed. */
function withPageSize(pagination: PaginationAnswer): PaginationAnswer {
  if (pagination.type === 'none' || (pagination.page_size === undefined && pagination.page_size_param === undefined))
    return pagination;
  return {
    ...pagination,
    page_size_param: pagination.page_size_param ?? 'limit',
    page_size: pagination.page_size ?? 100,
  };
}

function reportHeader(name: string, value: string, report: Report): void {
  // RFC 9110, section 5.1: a header's name is a token.
  if (!/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name)) report(['headers', name], 'is no name that a header can have');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what HTTP forbids
  if (/[\u0000-\u0008\u000a-\u001f\u007f]|[^\u0000-\u00ff]/.test(value))
    report(['headers', name], 'has characters that a header cannot hold');
  if (SECRET_HEADER.test(name) && !hasPlaceholder([value])) {
    report(
      ['headers', name],
      'looks like a secret, which would stand in the code',
      'use auth, or a {key} of the configuration',
    );
  }
}

function hasPlaceholder(texts: readonly string[]): boolean {
  return texts.some(text => text.search(PLACEHOLDER) !== -1);
}
