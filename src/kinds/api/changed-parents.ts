import type { Report } from '../../connector/kind.ts';
import type { ApiStreamModel, ParentModel } from './model.ts';

type Streams = ReadonlyMap<string, ApiStreamModel>;

/** The parent of which a stream is asked for by what has changed; undefined for a stream without one. */
function changed({ parents }: ApiStreamModel): ParentModel | undefined {
  return parents.find(({ incremental }) => incremental);
}

/**
 * A child of what has changed, with a bookmark of the kind that its parent's is: it is the parent's own, which its records take
 * in a column. Any other might lie behind changes of parents, or before them.
 */
export function withBookmark(stream: ApiStreamModel, byName: Streams): ApiStreamModel {
  let above = stream;
  // One that is its own ancestor is reported elsewhere.
  for (let depth = 0; depth < byName.size; depth++) above = byName.get(changed(above)?.stream ?? '') ?? above;
  return above === stream ? stream : { ...stream, counter: above.counter, valueFormat: above.valueFormat };
}

/** Reports what can't be where a stream is asked for by what has changed, and bookmarks of parents where it isn't. */
export function reportChanged(stream: ApiStreamModel, byName: Streams, report: Report): void {
  const own = changed(stream);
  const parent = byName.get(own?.stream ?? '');
  const faults = own && parent ? faultsOf(stream, own, parent) : unfounded(stream);
  for (const [message, hint] of faults) report(['streams'], `${stream.name} ${message}`, hint);
}

type Fault = readonly [message: string, hint?: string];

/** A column of a parent that is no bookmark, since all of its records are asked by. */
function unfounded({ replicationKey, schema }: ApiStreamModel): Fault[] {
  if (replicationKey === undefined || Object.hasOwn(schema.properties, replicationKey)) return [];
  return [[`has the replication_key ${replicationKey}, which is a parent's`, 'parent: {incremental: true, …}']];
}

function faultsOf(stream: ApiStreamModel, own: ParentModel, parent: ApiStreamModel): Fault[] {
  const { replicationKey: bookmark } = parent;
  if (bookmark === undefined)
    return [[`has the parent ${own.stream} with incremental: true, which has no replication_key`]];
  const goesOn = Object.entries(own.fields).some(([as, field]) => field === bookmark && as === stream.replicationKey);
  const isMixed = stream.parents.length > 1 || stream.forEach !== undefined;
  const isChild = (parent.parents.length > 0 && !changed(parent)) || parent.forEach !== undefined;
  const faults: readonly (readonly [boolean, ...Fault])[] = [
    [
      !goesOn,
      `has incremental: true, and goes on from no bookmark of ${own.stream}`,
      `take its ${bookmark} in parents, too, and make that the replication_key`,
    ],
    [
      isMixed,
      'has incremental: true beside other parents or for_each',
      'leave it out: what is new among these would be missed',
    ],
    [
      isChild,
      `has incremental: true, and ${own.stream} has parents of its own`,
      'leave it out: what is old of new ones would be missed; or give it to them, too',
    ],
    ...ofBookmark(stream, parent).map(
      key => [true, `has ${key}, and its bookmark is that of ${own.stream}`, `give it to ${own.stream} alone`] as const,
    ),
  ];
  return faults.flatMap(([isFault, ...fault]) => (isFault ? [fault] : []));
}

/** What a stream can't say of a bookmark that is its parent's. */
function ofBookmark(stream: ApiStreamModel, parent: ApiStreamModel): string[] {
  return [
    ...(stream.bookmarkParam === undefined ? [] : ['a bookmark_param or {since}']),
    ...(stream.lookback > 0 ? ['lookback_seconds'] : []),
    ...(stream.newestFirst ? ['newest_first'] : []),
    ...(stream.sorted && !parent.sorted ? ['sorted'] : []),
  ];
}
