import * as v from 'valibot';
import { fields, line, whole } from '../../../../answers/fields.ts';
import { pathValue, valuePath } from '../../../../records/response-path.ts';
import { hasMore, hasMoreFakes, hasMoreFeatures } from '../has-more.ts';
import { lastPage, lastPageFeatures, reportLastPage } from '../last-page.ts';
import { firstPageParams, lastPageWhen } from '../last-page-when.ts';
import { pageSize, pageSizeOf } from '../page-size.ts';
import { paginationType } from '../pagination.ts';

const definition = fields({
  type: v.literal('offset'),
  offset_param: v.optional(line('The request parameter of how many records to skip'), 'offset'),
  start_offset: v.optional(whole('The first offset, where it isn’t 0: 1 where the API counts records from one', 1)),
  total_path: v.optional(valuePath('Where the response has the number of all records, such as meta.total')),
  has_more_path: hasMore,
  ...lastPage,
  ...lastPageWhen,
  ...firstPageParams,
  ...pageSize,
});

const MODULE = 'kinds/api/pagination/offset/offset.py';

/** Pages by how many records stand before them. */
export const offset = paginationType(definition, {
  name: 'Offsets: ?offset=100',
  looksBeside: false,
  hasPages: true,
  followsAddresses: false,
  places: { offset: 'offset_param', limit: 'page_size_param' },
  ask: async (ask, now) => ({
    offset_param: await ask.text('offset_param', {
      message: 'Which request parameter says how many records to skip',
      default: (now.offset_param as string | undefined) ?? 'offset',
    }),
  }),
  pageSize: pageSizeOf,
  report: (answer, report) => {
    if (answer.start_offset !== undefined && answer.total_path !== undefined)
      report('total_path', 'can’t be held against offsets that begin at another number than 0', 'leave it out');
    reportLastPage(answer.omitted_at_end, saysTheLast(answer) || answer.last_page_when !== undefined, report);
  },
  nextPath: () => undefined,
  paths: answer => [answer.total_path, answer.has_more_path],
  params: answer => [answer.offset_param],
  paramsIn: () => undefined,
  sentence: () => 'It asks for what comes after the records received so far until there is nothing.',
  files: () => undefined,
  stream: ({ offset_param, start_offset: start, total_path: total, has_more_path, ...answer }) => {
    const values = { OFFSET_PARAM: offset_param };
    return [
      total === undefined
        ? { module: MODULE, class: 'Offsets', values }
        : { module: MODULE, class: 'Totals', values: { ...values, TOTAL_PATH: pathValue(total) } },
      ...(start === undefined ? [] : [{ module: MODULE, class: 'LaterStart', values: { START_OFFSET: start } }]),
      ...hasMoreFeatures(has_more_path),
      ...(saysTheLast({ total_path: total, has_more_path })
        ? lastPageFeatures(answer.omitted_at_end, pageSizeOf(answer))
        : []),
    ];
  },
  offline: ({ start_offset: start, total_path: total, has_more_path }) => [
    { module: 'kinds/api/pagination/offset/fake.py', class: start === undefined ? 'FakeOffsets' : 'FakeLaterStart' },
    ...(total === undefined ? [] : [{ module: 'kinds/api/pagination/fake.py', class: 'FakeTotals' }]),
    ...hasMoreFakes(has_more_path),
  ],
});

/** True where responses tell which page is the last. */
function saysTheLast({
  total_path,
  has_more_path,
}: {
  readonly total_path?: string | undefined;
  readonly has_more_path?: string | undefined;
}): boolean {
  return total_path !== undefined || has_more_path !== undefined;
}
