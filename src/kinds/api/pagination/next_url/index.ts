import * as v from 'valibot';
import { fields } from '../../../../answers/fields.ts';
import { headerName } from '../../../../answers/header-name.ts';
import { pathValue, valuePath } from '../../../../records/response-path.ts';
import { lastPage, lastPageFeatures } from '../last-page.ts';
import { lastPageWhen } from '../last-page-when.ts';
import { pageSize, pageSizeOf } from '../page-size.ts';
import { paginationType } from '../pagination.ts';

const definition = fields({
  type: v.literal('next_url'),
  next_url_path: v.optional(
    valuePath('Where the response has the address of the next page, such as links.next or links[rel=next].href'),
  ),
  next_url_header: v.optional(headerName('The header of the response that has the address of the next page')),
  ...lastPage,
  ...lastPageWhen,
  ...pageSize,
});

const MODULE = 'kinds/api/pagination/next_url/next_url.py';

/** Pages by an address in the response before, in its body or in a header. */
export const nextUrl = paginationType(definition, {
  name: 'The address of the next page in each response',
  looksBeside: true,
  hasPages: true,
  followsAddresses: true,
  places: { limit: 'page_size_param' },
  ask: async (ask, now) => ({
    next_url_path: await ask.text('next_url_path', {
      message: 'Where does a response have the address of the next page',
      help: 'keys with dots, such as links.next',
      default: now.next_url_path as string | undefined,
    }),
  }),
  pageSize: pageSizeOf,
  report: ({ next_url_path, next_url_header }, report) => {
    if (next_url_path === undefined && next_url_header === undefined)
      report(
        'next_url_path',
        'is missing',
        'where the response has the address of the next page, such as links.next; or next_url_header',
      );
    if (next_url_path !== undefined && next_url_header !== undefined)
      report('next_url_header', 'has no use beside next_url_path');
  },
  nextPath: answer => answer.next_url_path,
  paths: answer => [answer.next_url_path],
  params: () => [],
  paramsIn: () => undefined,
  sentence: () => 'It follows the address of the next page in each response until there is none.',
  files: () => undefined,
  stream: ({ next_url_path = '', next_url_header, omitted_at_end, ...answer }) => [
    next_url_header === undefined
      ? { module: MODULE, class: 'NextUrls', values: { NEXT_URL_PATH: pathValue(next_url_path) } }
      : { module: MODULE, class: 'NextUrlHeaders', values: { NEXT_URL_HEADER: next_url_header } },
    ...lastPageFeatures(omitted_at_end, pageSizeOf(answer)),
  ],
  offline: ({ next_url_header }) => [
    next_url_header === undefined
      ? { module: 'kinds/api/pagination/next_url/fake.py', class: 'FakeNextUrls' }
      : { module: 'kinds/api/pagination/next_url/fake_header.py', class: 'FakeNextUrlHeaders' },
  ],
});
