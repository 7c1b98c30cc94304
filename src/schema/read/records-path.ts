import { followPath, isFault, type Path, parsePath, pathOf, pathText, valuesAt } from '../../base/paths.ts';
import { UserError } from '../../base/problems.ts';
import { shown } from '../dialect.ts';

/** Arrays with these names are about the response, not its records. */
const ASIDE =
  /^(?:errors?|warnings?|messages?|links?|_links|included|includes|meta|metadata|facets|aggregations|debug|columns|fields|headers)$/i;
const MAX_SEARCH_DEPTH = 5;

/** An array of records in a response, and where it stands ("data", "result.items"; "" is the response itself). */
export interface FoundRecords {
  readonly path: string;
  readonly records: readonly unknown[];
  readonly note?: string;
}

/**
 * The records at a path, also those at several of its ends. One object there is one record. Throws a UserError for what is no
 * path, and where there are none: it names the arrays that there are.
 */
export function recordsAt(response: unknown, path: string, file: string): FoundRecords {
  const steps = parsePath(path);
  if (isFault(steps))
    throw new UserError({
      message: `${shown(path)} is no path: ${steps.message}, at character ${steps.at}`,
      where: file,
    });
  const ends = valuesAt(response, steps);
  if (ends.length > 0 && ends.every(end => Array.isArray(end) || isObject(end))) return { path, records: ends.flat() };
  const others = arraysIn(response).map(found => shown(found.path));
  throw new UserError({
    message: `there are no records at the path ${shown(path)}`,
    where: file,
    hint: nearPath(response, steps) ?? arraysHint(others),
  });
}

function arraysHint(others: readonly string[]): string {
  return others.length ? `arrays of objects are at: ${others.join(', ')}` : 'there is no array of objects in it';
}

/** Much the same key instead of the one that is missing, where that leads to records. */
function nearPath(response: unknown, path: Path): string | undefined {
  const { found, nearest } = followPath(response, path);
  const whole = nearest && [...nearest, ...path.slice(found.length + 1)];
  return whole && valuesAt(response, whole).some(isArrayOfObjects)
    ? `did you mean ${shown(pathText(whole))}?`
    : undefined;
}

/** The records of a response whose path wasn't given: its longest array of objects, or else the object that it is. */
export function findRecords(response: unknown, file: string): FoundRecords {
  if (Array.isArray(response)) return { path: '', records: response };
  const arrays = arraysIn(response).filter(
    ({ path }) => !pathOf(path).some(step => 'key' in step && ASIDE.test(step.key)),
  );
  const [best, ...others] = arrays.sort((a, b) => b.records.length - a.records.length);
  if (best) {
    const also = others.map(found => `${shown(found.path)} (${found.records.length})`).join(', ');
    return {
      ...best,
      note: `the records are those at ${shown(best.path)} (${best.records.length})${also && `; there are also ${also}`}`,
    };
  }
  if (!isObject(response))
    throw new UserError({ message: 'the sample is a single value, not an array of records', where: file });
  return {
    path: '',
    records: [response],
    note: 'there is no array of objects in the sample: the whole is taken as one record',
  };
}

/** The arrays of objects in a response, outer ones first; arrays are not searched, since what lies in them belongs to a record. */
function arraysIn(response: unknown): FoundRecords[] {
  const found: FoundRecords[] = [];
  let level: [string, unknown][] = [['', response]];
  for (let depth = 0; depth <= MAX_SEARCH_DEPTH; depth++) {
    found.push(...level.flatMap(([path, value]) => (isArrayOfObjects(value) ? [{ path, records: value }] : [])));
    level = level.flatMap(([path, value]) =>
      isObject(value) ? Object.entries(value).flatMap(([name, inner]) => step(path, name, inner)) : [],
    );
  }
  return found;
}

/** A name with a dot, or none, can't stand in a path. */
function step(path: string, name: string, value: unknown): [string, unknown][] {
  return name === '' || name.includes('.') ? [] : [[path ? `${path}.${name}` : name, value]];
}

function isArrayOfObjects(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.every(isObject);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
