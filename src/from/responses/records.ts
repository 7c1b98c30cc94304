import { isMapping } from '../../base/mapping.ts';
import { isFault, parsePath, valuesAt } from '../../base/paths.ts';
import { UserError } from '../../base/problems.ts';
import { findRecords } from '../../schema/read/records-path.ts';
import type { Understood } from '../described.ts';

/** Where a response has its records, and what they are. */
export interface RecordsSeen {
  readonly records: readonly unknown[];
  readonly path: Understood<string>;
  /** Whether a list stands there, or the response is one record. */
  readonly isList: boolean;
}

/** True for a response with a list of objects in it. */
export function hasList(body: unknown): boolean {
  return recordsIn(body)?.isList === true;
}

/** The records of a response, at a path where that is known and leads to some; undefined where there are none. */
export function recordsIn(body: unknown, known?: Understood<string>): RecordsSeen | undefined {
  const records = known === undefined ? undefined : recordsAtPath(body, known.value);
  if (known && records) return { records, path: known, isList: true };
  try {
    const found = findRecords(body, 'the response');
    const isList = Array.isArray(body) || found.path !== '';
    const rival = /there are also/.test(found.note ?? '');
    const evidence = isList
      ? `the response has ${count(found.records.length)} there${rival ? `; ${found.note?.split('; ')[1]}` : ''}`
      : 'the response has no list of objects';
    return {
      records: found.records,
      path: { value: found.path, grade: isList && !rival ? 'inferred' : 'guessed', evidence },
      isList,
    };
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** The records at a path, or undefined where no list of objects stands there. */
export function recordsAtPath(body: unknown, path: string): readonly unknown[] | undefined {
  const steps = parsePath(path);
  if (isFault(steps)) return undefined;
  const ends = valuesAt(body, steps);
  const records = ends.flat();
  return ends.length > 0 && ends.every(Array.isArray) && records.every(isMapping) ? records : undefined;
}

function count(records: number): string {
  return `${records} record${records === 1 ? '' : 's'}`;
}
