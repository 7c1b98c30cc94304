import type { DescribedStream, Loss } from './described.ts';

/** How much of a stream is taken over: all of it, all but what is named, or nothing. */
export type StreamGrade = 'full' | 'loss' | 'none';

export interface GradedStream {
  readonly name: string;
  readonly grade: StreamGrade;
  readonly losses: readonly Loss[];
}

/** A stream without columns is none. */
function gradedStream({ name, schema, losses }: DescribedStream): GradedStream {
  const columns = { what: 'its columns are not known', instead: 'the answer schema' };
  if (!schema) return { name, grade: 'none', losses: [...losses, columns] };
  return { name, grade: losses.length > 0 ? 'loss' : 'full', losses };
}

/** Grades all streams: one whose parent can't be a stream can't be one itself. */
export function gradedStreams(streams: readonly DescribedStream[]): GradedStream[] {
  let graded = streams.map(gradedStream);
  for (const _ of streams) {
    const gone = new Set(graded.flatMap(({ name, grade }) => (grade === 'none' ? [name] : [])));
    const next = graded.map((each, index) => {
      const parent = parentNames(streams[index] as DescribedStream).find(name => gone.has(name));
      if (parent === undefined || each.grade === 'none') return each;
      const loss = { what: `its parent ${parent} can't be a stream`, instead: `a schema for ${parent}` };
      return { ...each, grade: 'none' as const, losses: [...each.losses, loss] };
    });
    if (next.every(({ grade }, index) => grade === graded[index]?.grade)) break;
    graded = next;
  }
  return graded;
}

function parentNames({ answers }: DescribedStream): string[] {
  return [answers.parent?.value ?? [], answers.parents?.value ?? []].flat().map(({ stream }) => stream);
}
