import { isEqual } from 'lodash-es';
import type { DescribedStream, RecordedResponse } from '../described.ts';
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
  const pagination = recordedPaging(learned.stream, responses);
  return pagination
    ? { ...learned, stream: withAnswers(learned.stream, { ...learned.stream.answers, pagination }) }
    : learned;
}

function recordedPaging({ answers, parameters }: DescribedStream, responses: readonly RecordedResponse[]) {
  if (answers.pagination && answers.pagination.grade !== 'guessed') return undefined;
  const weak: PagingSign[] = [];
  for (const [index, response] of responses.entries()) {
    const seen = recordsIn(response.body, answers.records_path);
    if (!seen?.isList) continue;
    const { records, path } = seen;
    const signs = pagingSigns({ response, recordsPath: path.value, records, parameters });
    const later = responses.slice(index + 1);
    const proven = signs.find(sign => later.some(other => follows(sign, response, other)));
    if (proven)
      return {
        value: proven.pagination,
        grade: 'said' as const,
        evidence: `${proven.evidence}, and the page after it was asked for by that`,
      };
    weak.push(...signs.filter(({ pagination: { type } }) => type === 'link_header' || type === 'next_url'));
  }
  const [sign] = weak;
  return sign && { value: sign.pagination, grade: 'inferred' as const, evidence: sign.evidence };
}

/** Whether the request of another response is the one that a sign says comes next. */
function follows({ next, first }: PagingSign, { url }: RecordedResponse, other: RecordedResponse): boolean {
  const [from, to] = [new URL(url), new URL(other.url)];
  if ('address' in next)
    return URL.canParse(next.address, from.href) && isEqual(partsOf(new URL(next.address, from)), partsOf(to));
  const isNext = Object.entries(next.params).every(([name, value]) => to.searchParams.get(name) === value);
  // A second page proves nothing unless what came before it was the first.
  const isFirst = Object.entries(first ?? {}).every(([name, value]) =>
    [value, null].includes(from.searchParams.get(name)),
  );
  return isNext && isFirst && !isEqual(other.url, url);
}

function partsOf(url: URL): unknown {
  return [url.origin, url.pathname, Object.fromEntries(url.searchParams)];
}
