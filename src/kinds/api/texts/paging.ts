import { placeholdersIn, textsIn } from '../../../base/placeholders.ts';
import { PAGING } from '../../../base/text-names.ts';
import type { ApiStreamModel } from '../model.ts';
import type { PaginationAnswer } from '../pagination/answers.ts';
import { pagingPlaces, resolvePagination } from '../pagination/answers.ts';
import type { Pagination } from '../pagination/pagination.ts';
import type { ApiStreamAnswers } from '../stream-answers.ts';
import { hasName } from './stream-texts.ts';

/** Reports a fault of a stream, which is named in the message. */
type Report = (message: string, hint?: string) => void;

/** Reports parameters of the first page alone that stand in texts, which every page is asked for with. */
export function reportFirstPageTexts(streams: readonly ApiStreamModel[], inherited: Pagination, report: Report): void {
  for (const { name, params, pagination = inherited } of streams)
    for (const [param, text] of Object.entries(params))
      if (pagination.firstPageParams.includes(param) && placeholdersIn([param, ...textsIn(text)]).length > 0)
        report(`${name} has ${param} in first_page_params, and it stands in a text that every page is asked for with`);
}

/** A stream whose pagination has its parameters in texts, where these name them: then it sends none of its own. */
export function withPagingTexts(
  stream: ApiStreamModel,
  answer: ApiStreamAnswers,
  inherited: PaginationAnswer,
  report: Report,
): ApiStreamModel {
  const used = PAGING.filter(name => hasName(answer, name));
  if (used.length === 0) return stream;
  const pagination = answer.pagination ?? inherited;
  const places = pagingPlaces(pagination);
  for (const name of used) {
    const known = Object.keys(places).map(each => `{${each}}`);
    if (!(name in places))
      report(
        `has {${name}}, which its pagination (${pagination.type}) has no value for`,
        known.length > 0
          ? `it has ${known.join(' and ')}; for others, take a pagination that counts or has a cursor`
          : 'leave it out, or take a pagination that counts or has a cursor',
      );
    else if (name === 'limit' && pagination.page_size === undefined)
      report('has {limit}, but its pagination has no page_size', 'answer page_size, or write the number');
  }
  const inTexts = used.flatMap(name => (places[name] === undefined ? [] : [[places[name], `{${name}}`]]));
  return { ...stream, pagination: resolvePagination({ ...pagination, ...Object.fromEntries(inTexts) }) };
}
