import * as v from 'valibot';
import type { Ask } from '../../answers/ask.ts';
import type { RawAnswers } from '../../answers/raw-answers.ts';

type Paged = 'page' | 'cursor' | 'offset' | 'next_url' | 'link_header' | 'keyset';

const TYPES: readonly { readonly value: Paged | 'none'; readonly name: string }[] = [
  { value: 'none', name: 'Not at all: a response has everything' },
  { value: 'page', name: 'Page numbers: ?page=2' },
  { value: 'cursor', name: 'A cursor in each response, which the next request sends' },
  { value: 'offset', name: 'Offsets: ?offset=100' },
  { value: 'next_url', name: 'The address of the next page in each response' },
  { value: 'link_header', name: 'Link headers, with the address of the next page' },
  { value: 'keyset', name: 'The last record: ?starting_after=its id' },
];

/** Those that are found beside the records. */
const IN_BODY: readonly string[] = ['cursor', 'next_url'];

/** Asks how long lists are cut into pages; `now` is what is answered already, and becomes the default. */
export async function askPagination(ask: Ask, now: RawAnswers = {}): Promise<RawAnswers> {
  const type = await ask.choice('pagination', {
    message: 'How does the API cut long lists into pages',
    default: now.type as Paged | 'none' | undefined,
    choices: TYPES,
  });
  return askDetails(ask, type, now);
}

/** Asks the same of one stream, whose response is a list without a place for what the connector looks for at `path`. */
export async function askListPagination(ask: Ask, path: string): Promise<RawAnswers> {
  const type = await ask.choice('list_pagination', {
    message: 'How is this list cut into pages',
    help: `a response that is a list itself has no ${path}`,
    choices: TYPES.filter(({ value }) => !IN_BODY.includes(value)),
  });
  return askDetails(ask, type, {});
}

async function askDetails(ask: Ask, type: Paged | 'none', now: RawAnswers): Promise<RawAnswers> {
  if (type === 'none') return { type };
  const { page_size_param, page_size, ...same } = now.type === type ? now : {};
  return {
    ...same,
    type,
    ...(await DETAILS[type](ask, same)),
    ...(await askPageSize(ask, page_size_param, page_size)),
  };
}

const DETAILS: Readonly<Record<Paged, (ask: Ask, now: RawAnswers) => Promise<RawAnswers>>> = {
  page: async (ask, now) => ({
    page_param: await ask.text('page_param', {
      message: 'Which request parameter takes the page number',
      default: text(now.page_param) ?? 'page',
    }),
  }),
  offset: async (ask, now) => ({
    offset_param: await ask.text('offset_param', {
      message: 'Which request parameter says how many records to skip',
      default: text(now.offset_param) ?? 'offset',
    }),
  }),
  cursor: async (ask, now) => ({
    cursor_path: await ask.text('cursor_path', {
      message: 'Where does a response have the next cursor',
      help: 'keys with dots, such as meta.next',
      default: text(now.cursor_path),
    }),
    cursor_param: await ask.text('cursor_param', {
      message: 'Which request parameter takes it',
      default: text(now.cursor_param) ?? 'cursor',
    }),
  }),
  next_url: async (ask, now) => ({
    next_url_path: await ask.text('next_url_path', {
      message: 'Where does a response have the address of the next page',
      help: 'keys with dots, such as links.next',
      default: text(now.next_url_path),
    }),
  }),
  link_header: async () => ({}),
  keyset: async (ask, now) => ({
    keyset_param: await ask.text('keyset_param', {
      message: "Which request parameter takes the last record's value",
      default: text(now.keyset_param) ?? 'starting_after',
    }),
    keyset_field: await ask.text('keyset_field', {
      message: 'Which field of the record is it',
      default: text(now.keyset_field) ?? 'id',
    }),
  }),
};

const text = (value: unknown) => value as string | undefined;

async function askPageSize(ask: Ask, param: unknown, size: unknown): Promise<RawAnswers> {
  const page_size_param = await ask.text('page_size_param', {
    message: 'Which request parameter asks for a page size',
    help: 'such as per_page or limit; empty for none',
    default: text(param),
    optional: true,
  });
  if (!page_size_param) return {};
  const page_size = await ask.text('page_size', {
    message: 'How many records at once',
    help: 'the most that the API allows',
    default: String(size ?? 100),
    check: v.pipe(v.string(), v.regex(/^[1-9]\d*$/, 'must be a whole number from 1')),
  });
  return { page_size_param, page_size: Number(page_size) };
}
