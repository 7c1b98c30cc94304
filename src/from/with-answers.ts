import type { DescribedStream, StreamUnderstood } from './described.ts';

/** A stream with other answers; a schema that is made when it is asked for stays one. */
export function withAnswers(stream: DescribedStream, answers: StreamUnderstood): DescribedStream {
  return withParts(stream, { answers });
}

/** A stream with other parts. A copy would lose what is made when it is asked for. */
export function withParts(stream: DescribedStream, parts: Partial<DescribedStream>): DescribedStream {
  const entries = Object.entries(parts).map(([name, value]) => [name, { value, enumerable: true }] as const);
  return Object.create(stream, Object.fromEntries(entries));
}
