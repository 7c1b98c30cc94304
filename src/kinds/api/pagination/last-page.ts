import * as v from 'valibot';
import type { PythonFeature } from '../python-feature.ts';
import type { PageSize } from './page-size.ts';
import type { PaginationReport } from './report.ts';

/** The answer for APIs whose last page has nothing of a next one, for a pagination's definition. */
export const lastPage = {
  omitted_at_end: v.optional(
    v.pipe(
      v.boolean('must be true or false'),
      v.description(
        'True where the last page leaves out what leads to a next one; otherwise a first page without it is an error, unless it is empty or shorter than the page size that is asked for',
      ),
    ),
  ),
};

/** The feature of streams that tells a page which may be a part from the whole. */
export function lastPageFeatures(omitted: boolean | undefined, pageSize: PageSize) {
  const [param] = Object.keys(pageSize);
  const feature = (name: string, values: PythonFeature['values'] = {}): PythonFeature[] => [
    { module: 'kinds/api/pagination/paged.py', class: name, values },
  ];
  if (omitted) return feature('OmittedAtEnd');
  return param === undefined ? feature('AnySize') : feature('PageSize', { PAGE_SIZE_PARAM: param });
}

/** True where a page that has no next one may lack everything about it. */
export function isOmittedAtEnd({ stream }: { readonly stream: readonly PythonFeature[] }): boolean {
  return stream.some(feature => feature.class === 'OmittedAtEnd');
}

/** Reports the answer where a pagination goes on to an empty page, whatever responses have. */
export function reportLastPage(omitted: boolean | undefined, isNeeded: boolean, report: PaginationReport): void {
  if (omitted !== undefined && !isNeeded)
    report('omitted_at_end', 'has no use here: pages are asked for until one is empty');
}
