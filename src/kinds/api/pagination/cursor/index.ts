import * as v from 'valibot';
import { choice, fields, line } from '../../../../answers/fields.ts';
import { pathValue, valuePath } from '../../../../records/response-path.ts';
import { hasMore, hasMoreFakes } from '../has-more.ts';
import { lastPage, lastPageFeatures } from '../last-page.ts';
import { firstPageParams, lastPageWhen } from '../last-page-when.ts';
import { pageSize, pageSizeOf } from '../page-size.ts';
import { paginationType } from '../pagination.ts';

const definition = fields({
  type: v.literal('cursor'),
  cursor_param: v.optional(line('The request parameter that takes the cursor'), 'cursor'),
  cursor_path: v.optional(valuePath('Where the response has the next cursor, such as meta.next')),
  cursor_header: v.optional(line('The header of the response that has the next cursor')),
  cursor_in: v.optional(choice(['query', 'body'], 'Where the next request has the cursor and the page size')),
  has_more_path: hasMore,
  ...lastPage,
  ...lastPageWhen,
  ...firstPageParams,
  ...pageSize,
});

const MODULE = 'kinds/api/pagination/cursor/cursor.py';

/** Pages by a cursor that the response before has, in its body or in a header. */
export const cursor = paginationType(definition, {
  name: 'A cursor in each response, which the next request sends',
  looksBeside: true,
  hasPages: true,
  followsAddresses: false,
  places: { cursor: 'cursor_param', limit: 'page_size_param' },
  ask: async (ask, now) => ({
    cursor_path: await ask.text('cursor_path', {
      message: 'Where does a response have the next cursor',
      help: 'keys with dots, such as meta.next',
      default: now.cursor_path as string | undefined,
    }),
    cursor_param: await ask.text('cursor_param', {
      message: 'Which request parameter takes it',
      default: (now.cursor_param as string | undefined) ?? 'cursor',
    }),
  }),
  pageSize: pageSizeOf,
  report: ({ cursor_path, cursor_header }, report) => {
    if (cursor_path === undefined && cursor_header === undefined)
      report(
        'cursor_path',
        'is missing',
        'where the response has the next cursor, such as meta.next; or cursor_header',
      );
    if (cursor_path !== undefined && cursor_header !== undefined)
      report('cursor_header', 'has no use beside cursor_path');
  },
  nextPath: answer => answer.cursor_path,
  paths: answer => [answer.cursor_path, answer.has_more_path],
  params: answer => [answer.cursor_param],
  paramsIn: answer => answer.cursor_in,
  sentence: () => 'It follows the cursor of each response until there is none.',
  stream: ({ cursor_param, cursor_path = '', cursor_header, has_more_path, omitted_at_end, ...answer }) => [
    {
      module: MODULE,
      class: `${has_more_path === undefined ? '' : 'More'}${cursor_header === undefined ? '' : 'Header'}Cursors`,
      values: {
        CURSOR_PARAM: cursor_param,
        ...(cursor_header === undefined ? { CURSOR_PATH: pathValue(cursor_path) } : { CURSOR_HEADER: cursor_header }),
        ...(has_more_path !== undefined && { HAS_MORE_PATH: pathValue(has_more_path) }),
      },
    },
    ...lastPageFeatures(omitted_at_end, pageSizeOf(answer)),
  ],
  offline: ({ cursor_header, has_more_path }) => [
    cursor_header === undefined
      ? { module: 'kinds/api/pagination/cursor/fake.py', class: 'FakeCursors' }
      : { module: 'kinds/api/pagination/cursor/fake_header.py', class: 'FakeHeaderCursors' },
    ...hasMoreFakes(has_more_path),
  ],
});
