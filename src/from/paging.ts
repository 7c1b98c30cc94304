import { isEqual } from 'lodash-es';
import type { DescribedApi, DescribedStream, Understood } from './described.ts';
import { withAnswers, withParts } from './with-answers.ts';

type Paging = Understood<Readonly<Record<string, unknown>>>;

/**
 * An API whose streams' most frequent pagination is its own, so that the streams which go on alike say nothing. Where it isn't
 * known how a stream goes on, it goes on as the others do, or is taken to be one page; that is a guess, and a loss where it
 * has no more to stand on.
 */
export function sharePaging(api: DescribedApi): DescribedApi {
  const own = api.answers.pagination ?? mostFrequent(api.streams);
  const pagination: Paging = own ?? {
    value: { type: 'none' },
    grade: 'guessed',
    evidence: 'nothing shows how pages go on',
  };
  const streams = api.streams.map(stream => {
    const { pagination: its, ...answers } = stream.answers;
    if (its && !isEqual(its.value, pagination.value)) return stream;
    if (its || own) return withAnswers(stream, answers);
    const loss = { what: 'how pages go on is not known: the first alone is read', instead: 'the answer pagination' };
    return withParts(stream, { answers, losses: [...stream.losses, loss] });
  });
  return { ...api, answers: { ...api.answers, pagination }, streams };
}

function mostFrequent(streams: readonly DescribedStream[]): Paging | undefined {
  const known = streams.flatMap(({ answers }) => answers.pagination ?? []);
  const count = ({ value }: Paging) => known.filter(other => isEqual(other.value, value)).length;
  // A stream of one page is no sign that others are.
  const candidates = known.some(({ value }) => value.type !== 'none')
    ? known.filter(({ value }) => value.type !== 'none')
    : known;
  return candidates.reduce<Paging | undefined>(
    (best, paging) => (best === undefined || count(paging) > count(best) ? paging : best),
    undefined,
  );
}
