import * as v from 'valibot';
import type { Ask } from '../common/ask.ts';
import type { RawAnswers } from '../common/kind.ts';

/** Asks how long lists are cut into pages. */
export async function askPagination(ask: Ask): Promise<RawAnswers> {
  const type = await ask.choice('pagination', {
    message: 'How does the API cut long lists into pages',
    choices: [
      { value: 'none', name: 'Not at all: a response has everything' },
      { value: 'page', name: 'Page numbers: ?page=2' },
      { value: 'cursor', name: 'A cursor in each response, which the next request sends' },
      { value: 'offset', name: 'Offsets: ?offset=100' },
      { value: 'next_url', name: 'The address of the next page in each response' },
      { value: 'link_header', name: 'Link headers, with the address of the next page' },
      { value: 'keyset', name: 'The last record: ?starting_after=its id' },
    ],
  });
  if (type === 'none') return { type };
  return { type, ...(await DETAILS[type](ask)), ...(await askPageSize(ask)) };
}

type Paged = 'page' | 'cursor' | 'offset' | 'next_url' | 'link_header' | 'keyset';

const DETAILS: Readonly<Record<Paged, (ask: Ask) => Promise<RawAnswers>>> = {
  page: async ask => ({
    page_param: await ask.text('page_param', {
      message: 'Which request parameter takes the page number',
      default: 'page',
    }),
  }),
  offset: async ask => ({
    offset_param: await ask.text('offset_param', {
      message: 'Which request parameter says how many records to skip',
      default: 'offset',
    }),
  }),
  cursor: async ask => ({
    cursor_path: await ask.text('cursor_path', {
      message: 'Where does a response have the next cursor',
      help: 'keys with dots, such as meta.next',
    }),
    cursor_param: await ask.text('cursor_param', { message: 'Which request parameter takes it', default: 'cursor' }),
  }),
  next_url: async ask => ({
    next_url_path: await ask.text('next_url_path', {
      message: 'Where does a response have the address of the next page',
      help: 'keys with dots, such as links.next',
    }),
  }),
  link_header: async () => ({}),
  keyset: async ask => ({
    keyset_param: await ask.text('keyset_param', {
      message: "Which request parameter takes the last record's value",
      default: 'starting_after',
    }),
    keyset_field: await ask.text('keyset_field', { message: 'Which field of the record is it', default: 'id' }),
  }),
};

async function askPageSize(ask: Ask): Promise<RawAnswers> {
  const page_size_param = await ask.text('page_size_param', {
    message: 'Which request parameter asks for a page size',
    help: 'such as per_page or limit; empty for none',
    optional: true,
  });
  if (!page_size_param) return {};
  const page_size = await ask.text('page_size', {
    message: 'How many records at once',
    help: 'the most that the API allows',
    default: '100',
    check: v.pipe(v.string(), v.regex(/^[1-9]\d*$/, 'must be a whole number from 1')),
  });
  return { page_size_param, page_size: Number(page_size) };
}
