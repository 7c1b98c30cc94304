import { groupBy, uniq } from 'lodash-es';
import { nearest } from '../../base/names.ts';
import type { Report } from '../../connector/kind.ts';
import { streamNames } from '../../connector/stream-names.ts';
import { reportChanged, withBookmark } from './changed-parents.ts';
import { forEachOf, itemColumn } from './for-each/for-each.ts';
import { reportLists } from './listed/checks.ts';
import { listFields } from './listed/listed.ts';
import type { ApiStreamModel, ParentModel } from './model.ts';
import type { ApiStreamAnswers } from './stream-answers.ts';

type ParentAnswer = NonNullable<ApiStreamAnswers['parent']>;

/** What a stream takes of its parents, each parent once. */
export function parentsOf({ parent, parents }: ApiStreamAnswers): ParentModel[] {
  const given = [parent ?? [], parents ?? []].flat() as ParentAnswer[];
  return Object.entries(groupBy(given, ({ stream }) => stream)).map(([stream, taken]) => ({
    stream,
    fields: Object.fromEntries(taken.map(({ as, field }) => [as, field])),
    incremental: taken.some(({ incremental }) => incremental === true),
    ...streamNames(stream),
  }));
}

/** The names that stand for fields of parents, of lists and for items, not for configuration keys. */
export function parentNames(answer: ApiStreamAnswers): string[] {
  return [...parentColumns(answer), ...Object.keys(answer.streams_from?.as ?? {})];
}

/** The columns that a stream gets of its parents and of items. */
export function parentColumns(answer: ApiStreamAnswers): string[] {
  const item = forEachOf(answer);
  return [...parentsOf(answer).flatMap(({ fields }) => Object.keys(fields)), ...(item ? [item.as] : [])];
}

/** The streams, each with the columns of its parents and what its children take. Reports what cannot be. */
export function linkParents(streams: readonly ApiStreamModel[], report: Report): ApiStreamModel[] {
  const byName = new Map(streams.map(stream => [stream.name, stream]));
  for (const stream of streams) {
    reportParents(stream, byName, report);
    reportChanged(stream, byName, report);
  }
  reportLists(streams, report);
  const taken = groupBy(streams.flatMap(takenBy), ({ stream }) => stream);
  return streams.map(stream => ({
    ...withBookmark(stream, byName),
    childFields: uniq((taken[stream.name] ?? []).flatMap(({ fields }) => fields)).sort(),
    schema: { ...stream.schema, properties: { ...stream.schema.properties, ...inherited(stream, byName) } },
  }));
}

/** The streams that a stream takes fields of. */
function takenBy({ parents, listed }: ApiStreamModel): { readonly stream: string; readonly fields: string[] }[] {
  return [
    ...parents.map(({ stream, fields }) => ({ stream, fields: Object.values(fields) })),
    ...(listed ? [{ stream: listed.list.name, fields: listFields(listed) }] : []),
  ];
}

/** The columns that a stream gets of its parents, of the types that they have there. */
function inherited({ parents, forEach, schema }: ApiStreamModel, byName: ReadonlyMap<string, ApiStreamModel>) {
  const columns = parents.flatMap(({ stream, fields }) =>
    Object.entries(fields).map(([as, field]) => [as, columnOf(stream, field, byName)] as const),
  );
  const items = forEach ? [[forEach.as, itemColumn(forEach)] as const] : [];
  return Object.fromEntries(
    [...columns, ...items].flatMap(([as, column]) => (column && !(as in schema.properties) ? [[as, column]] : [])),
  );
}

/** A column that the parent itself may have of its parent. */
function columnOf(
  name: string,
  field: string,
  byName: ReadonlyMap<string, ApiStreamModel>,
  depth = 0,
): ApiStreamModel['schema']['properties'][string] | undefined {
  const stream = byName.get(name);
  const own = stream?.schema.properties[field];
  if (own || !stream || depth > byName.size) return own;
  const above = stream.parents.find(({ fields }) => field in fields);
  return above && columnOf(above.stream, above.fields[field] as string, byName, depth + 1);
}

function reportParents(stream: ApiStreamModel, byName: ReadonlyMap<string, ApiStreamModel>, report: Report): void {
  const where = ['streams'];
  for (const { stream: parent, fields } of takenBy(stream)) {
    if (!byName.has(parent)) {
      const meant = nearest(parent, byName.keys());
      const what = stream.listed ? 'list' : 'parent';
      report(where, `${stream.name} has the ${what} ${parent}, which is no stream`, meant && `did you mean ${meant}?`);
      continue;
    }
    for (const field of fields) {
      if (!columnOf(parent, field, byName))
        report(where, `${stream.name} takes ${field} of ${parent}, which has no such column`);
    }
    if (isAncestor(stream.name, parent, byName)) report(where, `${stream.name} is its own ancestor`);
  }
}

function isAncestor(
  wanted: string,
  name: string,
  byName: ReadonlyMap<string, ApiStreamModel>,
  seen = new Set<string>(),
): boolean {
  if (name === wanted) return true;
  if (seen.has(name)) return false;
  seen.add(name);
  return byName.get(name)?.parents.some(({ stream }) => isAncestor(wanted, stream, byName, seen)) ?? false;
}
