import type { Ask } from '../common/ask.ts';
import { splitList } from '../common/ask.ts';
import { askConnector, askStreamName } from '../common/connector-questions.ts';
import { optionValue } from '../common/given-options.ts';
import type { RawAnswers } from '../common/kind.ts';
import { askKeys, askRecordsPath, askReplicationKey, askSchema } from '../common/stream-questions.ts';
import { apiAnswers, apiStream } from './answers.ts';

const streamFields = apiStream.entries;

/** Asks for a whole API connector with one stream or more. */
export async function askApi(ask: Ask, given: RawAnswers, folder: string): Promise<RawAnswers> {
  const connector = await askConnector(ask, given, 'Acme CRM');
  const base_url = await ask.text('base_url', {
    message: 'What does every address of the API begin with',
    help: 'such as https://api.example.com/v2; {region} becomes a configuration key',
    check: apiAnswers.entries.base_url,
  });
  const auth = await askAuth(ask);
  const pagination = await askPagination(ask);
  const streams: RawAnswers[] = [];
  do streams.push(await askApiStream(ask, {}, folder, { streams }));
  while (await ask.confirm('more', { message: 'Add another stream' }));
  return { ...connector, base_url, auth, pagination, streams };
}

async function askAuth(ask: Ask): Promise<RawAnswers> {
  const type = await ask.choice('auth', {
    message: 'How are requests authenticated',
    help: 'the secret becomes a configuration key',
    choices: [
      { value: 'bearer', name: 'Bearer token: Authorization: Bearer …' },
      { value: 'api_key', name: 'API key in a header, a request parameter or a cookie' },
      { value: 'none', name: 'Not at all' },
    ],
  });
  if (type !== 'api_key') return { type };
  const place = await ask.choice('key_in', {
    message: 'Where does the key go',
    choices: [
      { value: 'header', name: 'A header' },
      { value: 'query', name: 'A request parameter' },
      { value: 'cookie', name: 'A cookie' },
    ],
  });
  const name = await ask.text('key_name', {
    message: `What is the ${place === 'query' ? 'parameter' : place} called`,
    default: place === 'header' ? 'X-Api-Key' : 'api_key',
  });
  return { type, in: place, name };
}

async function askPagination(ask: Ask): Promise<RawAnswers> {
  const type = await ask.choice('pagination', {
    message: 'How does the API cut long lists into pages',
    choices: [
      { value: 'none', name: 'Not at all: a response has everything' },
      { value: 'page', name: 'Page numbers: ?page=2' },
      { value: 'cursor', name: 'A cursor in each response, which the next request sends' },
    ],
  });
  if (type === 'none') return { type };
  const details =
    type === 'page'
      ? {
          page_param: await ask.text('page_param', {
            message: 'Which request parameter takes the page number',
            default: 'page',
          }),
        }
      : await askCursor(ask);
  const page_size_param = await ask.text('page_size_param', {
    message: 'Which request parameter asks for a page size',
    help: 'such as per_page or limit; empty for none',
    optional: true,
  });
  if (!page_size_param) return { type, ...details };
  const page_size = await ask.whole('page_size', {
    message: 'How many records at once',
    help: 'the most that the API allows',
    default: 100,
  });
  return { type, ...details, page_size_param, page_size };
}

async function askCursor(ask: Ask): Promise<RawAnswers> {
  return {
    cursor_path: await ask.text('cursor_path', {
      message: 'Where does a response have the next cursor',
      help: 'keys with dots, such as meta.next',
    }),
    cursor_param: await ask.text('cursor_param', { message: 'Which request parameter takes it', default: 'cursor' }),
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
  const key_properties = given.key_properties ?? (await askKeys(ask, known));
  const replication_key = given.replication_key ?? (await askReplicationKey(ask, known));
  const bookmark = replication_key === undefined ? {} : await askBookmark(ask, given);
  return compact({ name, path, records_path, schema: known.schema, key_properties, replication_key, ...bookmark });
}

async function askBookmark(ask: Ask, given: RawAnswers): Promise<RawAnswers> {
  const bookmark_param =
    given.bookmark_param ??
    (await ask.text('bookmark_param', {
      message: 'Which request parameter filters by it',
      help: 'such as updated_since; empty: the API has none, and the connector filters',
      optional: true,
    }));
  if (bookmark_param === undefined) return {};
  const bookmark_format = await ask.choice('bookmark_format', {
    message: 'How does that parameter write a moment',
    choices: [
      { value: 'iso8601', name: '2024-01-31T12:00:00Z' },
      { value: 'date', name: '2024-01-31' },
      { value: 'epoch_seconds', name: '1706702400 (seconds since 1970)' },
      { value: 'epoch_milliseconds', name: '1706702400000 (milliseconds since 1970)' },
    ],
  });
  return { bookmark_param, bookmark_format };
}

/** The answers of a stream that the flags of the command give. */
export function streamFromFlags(flags: Readonly<Record<string, unknown>>): RawAnswers {
  const text = (name: string) => optionValue(flags, name) as string | undefined;
  const keys = [optionValue(flags, 'key') ?? []].flat().flatMap(value => splitList(String(value)));
  const sample = text('sample');
  return compact({
    path: text('path'),
    records_path: text('records-path'),
    key_properties: keys.length > 0 ? keys : undefined,
    replication_key: text('replication-key'),
    bookmark_param: text('bookmark-param'),
    schema: sample === undefined ? undefined : { sample },
  });
}

function compact(answers: RawAnswers): RawAnswers {
  return Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== undefined));
}
