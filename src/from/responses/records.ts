import { isMapping } from '../../base/mapping.ts';
import { isFault, parsePath, valuesAt } from '../../base/paths.ts';
import { UserError } from '../../base/problems.ts';
import { findRecords } from '../../schema/read/records-path.ts';
import type { Understood } from '../described.ts';
import { rowsAt, rowsIn } from './rows.ts';

/** Where a response has its records, and what they are. */
export interface RecordsSeen {
  /** With the names of their columns, also where the response has rows. */
  readonly records: readonly unknown[];
  readonly path: Understood<string>;
  /** Whether a list stands there, or the response is one record. */
  readonly isList: boolean;
  /** Where the names of the columns are, if the records are rows. */
  readonly columnsPath: string | undefined;
}

/** True for a response with a list of objects, or of rows whose columns are named. */
export function hasList(body: unknown): boolean {
  return recordsIn(body)?.isList === true;
}

/** The records of a response, at a path where that is known and leads to some; undefined where there are none. */
export function recordsIn(body: unknown, known?: Understood<string>): RecordsSeen | undefined {
  const there = known && recordsAtPath(body, known.value);
  if (known && there) return { ...there, path: known, isList: true };
  const rows = rowsIn(body);
  const found = objectsIn(body);
  if (!rows || (found?.isList && found.records.length > rows.records.length)) return found;
  const { path, columnsPath, records } = rows;
  const evidence = `the response has ${count(records.length, 'row')} there, and their columns at ${columnsPath}`;
  return { records, path: { value: path, grade: 'inferred', evidence }, isList: true, columnsPath };
}

function objectsIn(body: unknown): RecordsSeen | undefined {
  try {
    const found = findRecords(body, 'the response');
    const isList = Array.isArray(body) || found.path !== '';
    const rival = /there are also/.test(found.note ?? '');
    const evidence = isList
      ? `the response has ${count(found.records.length, 'record')} there${rival ? `; ${found.note?.split('; ')[1]}` : ''}`
      : 'the response has no list of objects';
    return {
      records: found.records,
      path: { value: found.path, grade: isList && !rival ? 'inferred' : 'guessed', evidence },
      isList,
      columnsPath: undefined,
    };
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** The records at a path, or undefined where no list of objects or of named rows stands there. */
export function recordsAtPath(body: unknown, path: string): Pick<RecordsSeen, 'records' | 'columnsPath'> | undefined {
  const steps = parsePath(path);
  if (isFault(steps)) return undefined;
  const ends = valuesAt(body, steps);
  const records = ends.flat();
  if (ends.length === 0 || !ends.every(Array.isArray)) return undefined;
  if (records.every(isMapping)) return { records, columnsPath: undefined };
  return ends.length === 1 ? rowsAt(body, steps, records) : undefined;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
