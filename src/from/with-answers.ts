import type { DescribedStream, StreamUnderstood } from './described.ts';

/** A stream with other answers; a schema that is made when it is asked for stays one. */
export function withAnswers(stream: DescribedStream, answers: StreamUnderstood): DescribedStream {
  return Object.create(stream, { answers: { value: answers, enumerable: true } });
}
