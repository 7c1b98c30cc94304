import { isFault, parsePath, pathText } from '../base/paths.ts';
import type { RecordAnswers } from './answers.ts';

type Answer = Pick<RecordAnswers, 'key_properties' | 'replication_key' | 'columns' | 'flatten' | 'flatten_separator'>;

/** The columns that keys and a bookmark inside of records need, by their last key; `isColumn` tells those that are columns as they are. */
export function nestedColumns(answer: Answer, isColumn: (name: string) => boolean): Record<string, string> {
  const names = [...(answer.key_properties ?? []), answer.replication_key].filter(name => name !== undefined);
  return Object.fromEntries(
    names.flatMap(name => {
      const column = nestedColumn(name, answer, isColumn);
      return column === undefined || column in (answer.columns ?? {}) ? [] : [[column, name]];
    }),
  );
}

/** The answers with names of columns for the paths of keys and bookmark, and with these columns. */
export function withNestedColumns<A extends Answer>(answer: A, isColumn: (name: string) => boolean): A {
  const nested = nestedColumns(answer, isColumn);
  const named = (name: string) => nestedColumn(name, answer, isColumn) ?? name;
  const { key_properties: keys, replication_key: bookmark } = answer;
  if ([...(keys ?? []), bookmark].every(name => name === undefined || named(name) === name)) return answer;
  return {
    ...answer,
    ...(keys && { key_properties: keys.map(named) }),
    ...(bookmark !== undefined && { replication_key: named(bookmark) }),
    ...(Object.keys(nested).length > 0 && { columns: { ...answer.columns, ...nested } }),
  };
}

/** The column for a path of several keys; undefined for the name of a column. */
function nestedColumn(name: string, answer: Answer, isColumn: (name: string) => boolean): string | undefined {
  const path = parsePath(name);
  const isFlat = answer.flatten !== undefined && answer.flatten_separator === '.';
  if (isFault(path) || path.length < 2 || isFlat || isColumn(name)) return undefined;
  const same = Object.entries(answer.columns ?? {}).find(
    ([, given]) => typeof given === 'string' && given === pathText(path),
  );
  const last = path.at(-1);
  return same?.[0] ?? (last && 'key' in last ? last.key : undefined);
}
