import { isEqual } from 'lodash-es';
import type { DescribedStream, RecordedResponse, StreamUnderstood } from '../described.ts';
import { pagingRole } from '../requests/paging-params.ts';
import { withAnswers } from '../with-answers.ts';
import { type Learned, learnRecords } from './learn.ts';
import { recordsIn } from './records.ts';
import type { PagingSign } from './sign.ts';
import { pagingSigns } from './signs.ts';

/** Settles what recorded responses show; pages that were asked for one after the other prove how they go on. */
export function learnRecorded(stream: DescribedStream): Learned {
  const { responses } = stream;
  if (responses.length === 0) return { stream, differences: [] };
  const learned = learnRecords(
    stream,
    responses.map(({ body }) => body),
  );
  const paging = recordedPaging(learned.stream, responses);
  return paging
    ? { ...learned, stream: withAnswers(learned.stream, { ...learned.stream.answers, ...paging }) }
    : learned;
}

function recordedPaging(
  { answers, parameters }: DescribedStream,
  responses: readonly RecordedResponse[],
): Pick<StreamUnderstood, 'pagination' | 'params'> | undefined {
  if (answers.pagination && answers.pagination.grade !== 'guessed') return undefined;
  const weak: (readonly [PagingSign, RecordedResponse])[] = [];
  for (const [index, response] of responses.entries()) {
    const seen = recordsIn(response.body, answers.records_path);
    if (!seen?.isList) continue;
    const { records, path } = seen;
    const signs = pagingSigns({ response, recordsPath: path.value, records, parameters });
    const later = responses.slice(index + 1);
    const proven = signs.find(sign => later.some(other => follows(sign, response, other)));
    const why = 'and the page after it was asked for by that';
    if (proven) return withBeginning(proven, response, answers, 'said', `${proven.evidence}, ${why}`);
    weak.push(...signs.filter(({ next }) => 'address' in next).map(sign => [sign, response] as const));
  }
  for (const [sign, response] of weak) {
    const found = withBeginning(sign, response, answers, 'inferred', sign.evidence);
    if (found) return found;
  }
  return undefined;
}

/**
 * A pagination that goes by addresses, with the number of the first page where that was asked for: an API may have addresses then
 * only. Undefined where the page that has it isn't the first.
 */
function withBeginning(
  { pagination, next }: PagingSign,
  response: RecordedResponse,
  { params }: StreamUnderstood,
  grade: 'said' | 'inferred',
  evidence: string,
): Pick<StreamUnderstood, 'pagination' | 'params'> | undefined {
  const numbers = Object.entries(sentWith(response)).filter(([name]) =>
    ['page', 'offset'].includes(pagingRole(name) ?? ''),
  );
  const paging = { pagination: { value: pagination, grade, evidence } };
  if (!('address' in next) || numbers.length === 0) return paging;
  if (numbers.some(([name, value]) => !(pagingRole(name) === 'page' ? ['0', '1'] : ['0']).includes(value)))
    return undefined;
  const value = { ...params?.value, ...Object.fromEntries(numbers) };
  return { ...paging, params: { value, grade: 'said', evidence: 'the request of the first page' } };
}

/** Whether the request of another response is the one that a sign says comes next. */
function follows({ next, first }: PagingSign, from: RecordedResponse, other: RecordedResponse): boolean {
  if ('address' in next)
    return (
      URL.canParse(next.address, from.url) &&
      isEqual(partsOf(new URL(next.address, from.url)), partsOf(new URL(other.url)))
    );
  if ('names' in next) return false;
  const [before, after] = [sentWith(from), sentWith(other)];
  const isNext = Object.entries(next.params).every(([name, value]) => after[name] === value);
  // A second page proves nothing unless what came before it was the first.
  const isFirst = Object.entries(first ?? {}).every(([name, value]) => [value, undefined].includes(before[name]));
  return isNext && isFirst && !isEqual(before, after);
}

function sentWith({ url, sent }: RecordedResponse): Readonly<Record<string, string>> {
  return { ...Object.fromEntries(new URL(url).searchParams), ...sent };
}

function partsOf(url: URL): unknown {
  return [url.origin, url.pathname, Object.fromEntries(url.searchParams)];
}
