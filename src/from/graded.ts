import type { DescribedStream, Loss } from './described.ts';

/** How much of a stream is taken over: all of it, all but what is named, or nothing. */
export type StreamGrade = 'full' | 'loss' | 'none';

export interface GradedStream {
  readonly name: string;
  readonly grade: StreamGrade;
  readonly losses: readonly Loss[];
}

/** Grades a stream: without columns there is none. */
export function gradedStream({ name, schema, losses }: DescribedStream): GradedStream {
  const columns = { what: 'its columns are not known', instead: 'the answer schema' };
  if (!schema) return { name, grade: 'none', losses: [...losses, columns] };
  return { name, grade: losses.length > 0 ? 'loss' : 'full', losses };
}
