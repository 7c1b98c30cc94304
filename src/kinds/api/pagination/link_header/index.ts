import * as v from 'valibot';
import { fields } from '../../../../answers/fields.ts';
import { lastPage, lastPageFeatures } from '../last-page.ts';
import { lastPageWhen } from '../last-page-when.ts';
import { pageSize, pageSizeOf } from '../page-size.ts';
import { paginationType } from '../pagination.ts';

/** Pages by the Link header of the response before (RFC 8288). */
export const linkHeader = paginationType(
  fields({ type: v.literal('link_header'), ...lastPage, ...lastPageWhen, ...pageSize }),
  {
    name: 'Link headers, with the address of the next page',
    looksBeside: false,
    hasPages: true,
    followsAddresses: true,
    places: { limit: 'page_size_param' },
    ask: async () => ({}),
    pageSize: pageSizeOf,
    report: () => {},
    nextPath: () => undefined,
    paths: () => [],
    params: () => [],
    paramsIn: () => undefined,
    sentence: () => 'It follows the `Link` header of each response (`rel="next"`) until there is none.',
    files: () => undefined,
    stream: ({ omitted_at_end, ...answer }) => [
      { module: 'kinds/api/pagination/link_header/link_header.py', class: 'LinkHeaders', values: {} },
      ...lastPageFeatures(omitted_at_end, pageSizeOf(answer)),
    ],
    offline: () => [{ module: 'kinds/api/pagination/link_header/fake.py', class: 'FakeLinkHeaders' }],
  },
);
