import type { Report, StreamReport } from '../../../connector/kind.ts';
import type { ApiStreamModel } from '../model.ts';
import type { ApiStreamAnswers } from '../stream-answers.ts';

/** Checks what stands beside a list that streams are made of. */
export function reportListed(answer: ApiStreamAnswers, report: StreamReport): void {
  if (answer.streams_from === undefined) return;
  const others = (['parent', 'parents', 'for_each'] as const).filter(key => answer[key] !== undefined);
  for (const key of others)
    report(
      'streams_from',
      `has no place beside ${key}`,
      `give ${key} to ${answer.streams_from.stream}, whose records are the streams, and take its column by as`,
    );
}

/** Reports what streams can't be made of, and what can't be asked for by streams that are found. */
export function reportLists(streams: readonly ApiStreamModel[], report: Report): void {
  const byName = new Map(streams.map(stream => [stream.name, stream]));
  const seen = new Map<string, string>();
  for (const { name, listed, parents } of streams) {
    for (const { stream } of parents)
      if (byName.get(stream)?.listed !== undefined) report(['streams'], ...unread(name, `the parent ${stream}`));
    if (!listed) continue;
    const { list, nameFields, prefix } = listed;
    if (byName.get(list.name)?.listed !== undefined) report(['streams'], ...unread(name, `the list ${list.name}`));
    const named = JSON.stringify([list.name, nameFields, prefix]);
    const other = seen.get(named);
    if (other !== undefined)
      report(['streams'], `${name} would name its streams as ${other} does`, 'give one of them a prefix');
    seen.set(named, name);
  }
}

function unread(name: string, what: string): [string, string] {
  return [
    `${name} has ${what}, which is not one stream but many`,
    'name the stream that these are made of, its streams_from',
  ];
}
