import * as v from 'valibot';
import { fields, line, whole } from '../../../../answers/fields.ts';
import { pathValue, valuePath } from '../../../../records/response-path.ts';
import { hasMore, hasMoreFakes, hasMoreFeatures } from '../has-more.ts';
import { lastPage, lastPageFeatures, reportLastPage } from '../last-page.ts';
import { firstPageParams, lastPageWhen } from '../last-page-when.ts';
import { pageSize, pageSizeOf } from '../page-size.ts';
import { paginationType } from '../pagination.ts';

const definition = fields({
  type: v.literal('page'),
  page_param: v.optional(line('The request parameter of the page number'), 'page'),
  start_page: v.optional(whole('The number of the first page', 0), 1),
  total_pages_path: v.optional(valuePath('Where the response has the number of pages, such as meta.total_pages')),
  has_more_path: hasMore,
  ...lastPage,
  ...lastPageWhen,
  ...firstPageParams,
  ...pageSize,
});

const MODULE = 'kinds/api/pagination/page/page.py';

/** Pages by their numbers. */
export const page = paginationType(definition, {
  name: 'Page numbers: ?page=2',
  looksBeside: false,
  hasPages: true,
  followsAddresses: false,
  places: { page: 'page_param', limit: 'page_size_param' },
  ask: async (ask, now) => ({
    page_param: await ask.text('page_param', {
      message: 'Which request parameter takes the page number',
      default: (now.page_param as string | undefined) ?? 'page',
    }),
  }),
  pageSize: pageSizeOf,
  report: (answer, report) =>
    reportLastPage(answer.omitted_at_end, saysTheLast(answer) || answer.last_page_when !== undefined, report),
  nextPath: () => undefined,
  paths: answer => [answer.total_pages_path, answer.has_more_path],
  params: answer => [answer.page_param],
  paramsIn: () => undefined,
  sentence: () => 'It asks for page after page until one is empty.',
  files: () => undefined,
  stream: ({ page_param, start_page, total_pages_path: total, has_more_path, ...answer }) => {
    const values = { PAGE_PARAM: page_param, START_PAGE: start_page };
    return [
      total === undefined
        ? { module: MODULE, class: 'Pages', values }
        : { module: MODULE, class: 'TotalPages', values: { ...values, TOTAL_PAGES_PATH: pathValue(total) } },
      ...hasMoreFeatures(has_more_path),
      ...(saysTheLast({ total_pages_path: total, has_more_path })
        ? lastPageFeatures(answer.omitted_at_end, pageSizeOf(answer))
        : []),
    ];
  },
  offline: ({ total_pages_path: total, has_more_path }) => [
    { module: 'kinds/api/pagination/page/fake.py', class: 'FakePages' },
    ...(total === undefined ? [] : [{ module: 'kinds/api/pagination/fake.py', class: 'FakeTotalPages' }]),
    ...hasMoreFakes(has_more_path),
  ],
});

/** True where responses tell which page is the last. */
function saysTheLast({
  total_pages_path,
  has_more_path,
}: {
  readonly total_pages_path?: string | undefined;
  readonly has_more_path?: string | undefined;
}): boolean {
  return total_pages_path !== undefined || has_more_path !== undefined;
}
