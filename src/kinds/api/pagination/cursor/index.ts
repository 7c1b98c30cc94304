import * as v from 'valibot';
import { choice, fields, line } from '../../../../answers/fields.ts';
import { headerName } from '../../../../answers/header-name.ts';
import { pathValue, valuePath } from '../../../../records/response-path.ts';
import type { PythonFeature } from '../../python-feature.ts';
import { hasMore, hasMoreFakes } from '../has-more.ts';
import { lastPage, lastPageFeatures } from '../last-page.ts';
import { firstPageParams, lastPageWhen } from '../last-page-when.ts';
import { pageSize, pageSizeOf } from '../page-size.ts';
import { paginationType } from '../pagination.ts';

const definition = fields({
  type: v.literal('cursor'),
  cursor_param: v.optional(line('The request parameter that takes the cursor'), 'cursor'),
  cursor_path: v.optional(valuePath('Where the response has the next cursor, such as meta.next')),
  cursor_header: v.optional(headerName('The header of the response that has the next cursor')),
  cursor_link: v.optional(
    line('The parameter of the Link header\'s rel="next" that has the next cursor, such as cursor'),
  ),
  cursor_in: v.optional(choice(['query', 'body'], 'Where the next request has the cursor and the page size')),
  has_more_path: hasMore,
  ...lastPage,
  ...lastPageWhen,
  ...firstPageParams,
  ...pageSize,
});

/** Where a response may have the cursor. */
const PLACES = ['cursor_path', 'cursor_header', 'cursor_link'] as const;

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
  report: (answer, report) => {
    const [first, second] = PLACES.filter(key => answer[key] !== undefined);
    if (first === undefined)
      report(
        'cursor_path',
        'is missing',
        'where the response has the next cursor, such as meta.next; or cursor_header or cursor_link',
      );
    if (second !== undefined) report(second, `has no use beside ${first}`);
  },
  nextPath: answer => answer.cursor_path,
  paths: answer => [answer.cursor_path, answer.has_more_path],
  params: answer => [answer.cursor_param],
  paramsIn: answer => answer.cursor_in,
  sentence: () => 'It follows the cursor of each response until there is none.',
  files: () => undefined,
  stream: ({ cursor_param, has_more_path, omitted_at_end, ...answer }) => {
    const { kind, values } = placeOf(answer);
    return [
      {
        module: MODULE,
        class: `${has_more_path === undefined ? '' : 'More'}${kind}Cursors`,
        values: {
          CURSOR_PARAM: cursor_param,
          ...values,
          ...(has_more_path !== undefined && { HAS_MORE_PATH: pathValue(has_more_path) }),
        },
      },
      ...lastPageFeatures(omitted_at_end, pageSizeOf(answer)),
    ];
  },
  offline: ({ has_more_path, ...answer }) => {
    const { kind, fake } = placeOf(answer);
    return [
      { module: `kinds/api/pagination/cursor/${fake}.py`, class: `Fake${kind}Cursors` },
      ...hasMoreFakes(has_more_path),
    ];
  },
});

type Place = Partial<Record<(typeof PLACES)[number], string | undefined>>;

/** What is called after the place that has the cursor, and how Python has it. */
function placeOf({ cursor_path = '', cursor_header, cursor_link }: Place): {
  readonly kind: string;
  readonly values: PythonFeature['values'];
  readonly fake: string;
} {
  if (cursor_header !== undefined)
    return { kind: 'Header', values: { CURSOR_HEADER: cursor_header }, fake: 'fake_header' };
  if (cursor_link !== undefined)
    return { kind: 'Link', values: { CURSOR_LINK: cursor_link.toLowerCase() }, fake: 'fake_link' };
  return { kind: '', values: { CURSOR_PATH: pathValue(cursor_path) }, fake: 'fake' };
}
