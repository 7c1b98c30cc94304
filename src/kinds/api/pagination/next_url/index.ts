import * as v from 'valibot';
import { fields, line } from '../../../../answers/fields.ts';
import { keysOf } from '../has-more.ts';
import { pageSize, pageSizeOf } from '../page-size.ts';
import { paginationType } from '../pagination.ts';

const definition = fields({
  type: v.literal('next_url'),
  next_url_path: line('Where the response has the address of the next page, such as links.next'),
  ...pageSize,
});

/** Pages by an address in the body of the response before. */
export const nextUrl = paginationType(definition, {
  name: 'The address of the next page in each response',
  looksBeside: true,
  hasPages: true,
  followsAddresses: true,
  ask: async (ask, now) => ({
    next_url_path: await ask.text('next_url_path', {
      message: 'Where does a response have the address of the next page',
      help: 'keys with dots, such as links.next',
      default: now.next_url_path as string | undefined,
    }),
  }),
  pageSize: pageSizeOf,
  report: () => {},
  nextPath: answer => answer.next_url_path,
  params: () => [],
  paramsIn: () => undefined,
  sentence: () => 'It follows the address of the next page in each response until there is none.',
  stream: answer => [
    {
      module: 'kinds/api/pagination/next_url/next_url.py',
      class: 'NextUrls',
      values: { NEXT_URL_PATH: keysOf(answer.next_url_path) },
    },
  ],
  offline: () => [{ module: 'kinds/api/pagination/next_url/fake.py', class: 'FakeNextUrls' }],
});
