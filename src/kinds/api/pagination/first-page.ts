import { nearest } from '../../../base/names.ts';
import type { Report } from '../../../connector/kind.ts';
import { plainText } from '../../../python/request-texts.ts';
import type { ApiStreamModel } from '../model.ts';
import { sentAs } from './last-page-when.ts';
import type { Pagination } from './pagination.ts';

/** Reports parameters of the first page that no stream has which is cut into pages so. */
export function reportFirstPageParams(streams: readonly ApiStreamModel[], inherited: Pagination, report: Report): void {
  for (const way of new Set(streams.map(({ pagination = inherited }) => pagination))) {
    const users = streams.filter(({ pagination = inherited }) => pagination === way);
    const known = users.flatMap(namesOf);
    for (const name of way.firstPageParams.filter(
      param => !sentAs([param]).some(sent => known.includes(sent) || sent in way.pageSize),
    ))
      report(
        way === inherited ? ['pagination', 'first_page_params'] : ['streams'],
        `${way === inherited ? '' : 'first_page_params: '}${name} is no parameter of ${users.map(user => user.name).join(', ')}`,
        hintOf(name, known),
      );
  }
}

/** The names of parameters as they are sent, in which braces are single. */
function namesOf({ params, bookmarkParam, bookmarkEndParam }: ApiStreamModel): string[] {
  return [...Object.keys(params).map(plainText), bookmarkParam, bookmarkEndParam].filter(name => name !== undefined);
}

function hintOf(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  return meant ? `did you mean ${meant}?` : 'params, bookmark_param and bookmark_end_param name parameters';
}
