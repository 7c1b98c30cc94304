import { isEqual } from 'lodash-es';
import type { DescribedApi, DescribedStream, StreamUnderstood, Understood } from './described.ts';
import { pagingRole } from './requests/paging-params.ts';
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
  const whole = streams.map(stream => withSizes(stream, stream.answers.pagination ?? pagination));
  return { ...api, answers: { ...api.answers, pagination }, streams: whole };
}

/** A stream with the page sizes of its request that no pagination sets: without them a response would have less. */
function withSizes(stream: DescribedStream, { value: pagination }: Paging): DescribedStream {
  const { answers, parameters } = stream;
  const isInBody = answers.params_in?.value === 'body';
  const place = isInBody ? 'body' : 'params';
  const sizes = Object.entries(parameters)
    .filter(([name, size]) => size !== '' && pagingRole(name) === 'size' && pagination.page_size_param !== name)
    .map(([name, size]) => [name, isInBody && /^\d{1,9}$/.test(size) ? Number(size) : size]);
  const value = { ...answers[place]?.value, ...Object.fromEntries(sizes) };
  const kept: Understood = { value, grade: 'said', evidence: 'the request' };
  const whole: StreamUnderstood = { ...answers, ...(sizes.length > 0 && { [place]: kept }) };
  // Where nothing is sent but the body as it stands, there is nothing to place.
  const isPlaced = whole.params !== undefined || Object.keys(pagination).some(key => key.endsWith('_param'));
  return withAnswers(stream, isInBody && !isPlaced ? { ...whole, params_in: undefined } : whole);
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
