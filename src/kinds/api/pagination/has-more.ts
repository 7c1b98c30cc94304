import * as v from 'valibot';
import type { RuntimeClass } from '../../../python/compose/composition.ts';
import { pathValue, valuePath } from '../../../records/response-path.ts';
import type { PythonFeature } from '../python-feature.ts';

/** The answer where responses say whether there is a next page, for a pagination's definition. */
export const hasMore = v.optional(
  valuePath('Where the response says whether there is a next page, such as has_more: true or false'),
);

/** The feature of streams that takes their word for it; none without such an answer. */
export function hasMoreFeatures(path: string | undefined): PythonFeature[] {
  if (path === undefined) return [];
  const values = { HAS_MORE_PATH: pathValue(path) };
  return [{ module: 'kinds/api/pagination/paged.py', class: 'HasMore', values }];
}

/** The feature of the fake API that says so. */
export function hasMoreFakes(path: string | undefined): RuntimeClass[] {
  return path === undefined ? [] : [{ module: 'kinds/api/pagination/fake.py', class: 'FakeHasMore' }];
}
