import type { Ask } from '../../answers/ask.ts';
import { askConnector, askStreamName } from '../../answers/connector-questions.ts';
import type { RawAnswers } from '../../answers/raw-answers.ts';
import { compact } from '../../base/mapping.ts';
import {
  askKeys,
  askRecordsPath,
  askReplicationKey,
  askSchema,
  askValueFormat,
  type KnownColumns,
} from '../../connector/stream-questions.ts';
import { apiAnswers } from './answers.ts';
import { askAuth } from './auth/question.ts';
import { formatOf } from './formats/answers.ts';
import { nextPathOf, type PaginationAnswer } from './pagination/answers.ts';
import { askListPagination, askPagination } from './pagination/question.ts';
import { isBareList } from './pagination/unseen-pages.ts';
import { apiStream } from './stream-answers.ts';

const streamFields = apiStream.entries;

/** Asks for a whole API connector with one stream or more. */
export async function askApi(ask: Ask, given: RawAnswers, folder: string): Promise<RawAnswers> {
  const connector = await askConnector(ask, given, 'Acme CRM');
  const { base_url } = await askBaseUrl(ask, {});
  const auth = await askAuth(ask);
  const pagination = await askPagination(ask);
  const streams: RawAnswers[] = [];
  do streams.push(await askApiStream(ask, {}, folder, { pagination, streams }));
  while (await ask.confirm('more', { message: 'Add another stream' }));
  return { ...connector, base_url, auth, pagination, streams };
}

/** Asks what every address begins with. */
export async function askBaseUrl(ask: Ask, { base_url }: RawAnswers): Promise<RawAnswers> {
  return {
    base_url: await ask.text('base_url', {
      message: 'What does every address of the API begin with',
      help: 'such as https://api.example.com/v2; {region} becomes a configuration key',
      check: apiAnswers.entries.base_url,
      default: base_url as string | undefined,
    }),
  };
}

/** Asks for one stream. */
export async function askApiStream(
  ask: Ask,
  given: RawAnswers,
  folder: string,
  connector: RawAnswers,
): Promise<RawAnswers> {
  const { name } = await askStreamName(ask, given, 'deals', connector.streams);
  const path =
    given.path ??
    (await ask.text('path', {
      message: 'What is its path below the base URL',
      default: `/${String(name)}`,
      check: streamFields.path,
    }));
  const source = { stream: String(name), recordsPath: given.records_path as string | undefined, folder };
  const found = await askSchema(ask, given.schema, source);
  const { records_path, known } = await askRecordsPath(ask, given.records_path, found, source);
  const pagination = given.pagination ?? (await askOwnPagination(ask, given, records_path, connector));
  const key_properties = given.key_properties ?? (await askKeys(ask, known));
  const replication_key = given.replication_key ?? (await askReplicationKey(ask, known));
  const bookmark = replication_key === undefined ? {} : await askBookmark(ask, given, String(replication_key), known);
  const value_format =
    given.value_format ??
    (replication_key === undefined ? undefined : await askValueFormat(ask, String(replication_key), known));
  return compact({
    name,
    path,
    records_path,
    schema: known.schema,
    pagination,
    key_properties,
    replication_key,
    value_format,
    ...bookmark,
  });
}

/** Asks for the pagination of a stream where the connector's could not go on. */
async function askOwnPagination(
  ask: Ask,
  given: RawAnswers,
  recordsPath: string | undefined,
  connector: RawAnswers,
): Promise<RawAnswers | undefined> {
  const inherited = connector.pagination as PaginationAnswer | undefined;
  const path = inherited && nextPathOf(inherited);
  const stream = { recordsPath: recordsPath ?? '', recordsIn: 'list' } as const;
  const format = formatOf(given.response_format ?? connector.response_format);
  if (path === undefined || !isBareList(stream, format)) return undefined;
  return askListPagination(ask, path);
}

const EPOCHS = [
  { value: 'epoch_seconds', name: '1706702400 (seconds since 1970)' },
  { value: 'epoch_milliseconds', name: '1706702400000 (milliseconds since 1970)' },
] as const;

async function askBookmark(ask: Ask, given: RawAnswers, column: string, known: KnownColumns): Promise<RawAnswers> {
  const bookmark_param =
    given.bookmark_param ??
    (await ask.text('bookmark_param', {
      message: 'Which request parameter filters by it',
      help: 'such as updated_since; empty: the API has none, and the connector filters',
      optional: true,
    }));
  if (given.bookmark_format !== undefined) return { bookmark_param, bookmark_format: given.bookmark_format };
  const numbers = known.integers.includes(column) ? await askNumbers(ask, column, known) : undefined;
  if (numbers === 'integer' || bookmark_param === undefined)
    return compact({ bookmark_param, bookmark_format: numbers });
  const bookmark_format = await ask.choice('bookmark_format', {
    message: 'How does that parameter write a moment',
    choices: [{ value: 'iso8601', name: '2024-01-31T12:00:00Z' }, { value: 'date', name: '2024-01-31' }, ...EPOCHS],
    default: numbers,
  });
  return { bookmark_param, bookmark_format };
}

/** Asks what the numbers of a bookmark are, proposing what the sample suggests. */
async function askNumbers(ask: Ask, column: string, { bookmarks }: KnownColumns) {
  const suggested = bookmarks.find(bookmark => bookmark.column === column)?.format;
  return ask.choice('numbers', {
    message: `What are the numbers in ${column}`,
    choices: [{ value: 'integer', name: 'A counter, such as an id' }, ...EPOCHS],
    default: EPOCHS.find(({ value }) => value === suggested)?.value ?? 'integer',
  });
}
