import * as v from 'valibot';
import { line } from '../answers/fields.ts';
import { isFault, type Path, parsePath, pathOf, pathText, type Step } from '../base/paths.ts';
import { tuple, type Value } from '../python/compose/values.ts';

/** An answer that says where a response has one value. */
export function valuePath(description: string) {
  return pathAnswer(description, path =>
    path.some(step => 'every' in step) ? 'leads to several values by *' : undefined,
  );
}

/** An answer that says where a response has the names of columns: in a list, or by `*` inside of the objects of one. */
export function columnsPath(description: string) {
  return pathAnswer(description, path => (path.filter(step => 'every' in step).length > 1 ? 'has * twice' : undefined));
}

/** The list of such a path, and where an object of it has the name. */
export function namesPlace(text: string): { readonly list: Path; readonly name: Path } {
  const path = pathOf(text);
  const every = path.findIndex(step => 'every' in step);
  return every === -1 ? { list: path, name: [] } : { list: path.slice(0, every), name: path.slice(every + 1) };
}

/** The paths that such a path is followed by. */
export function namePaths(text: string): string[] {
  const { list, name } = namesPlace(text);
  return [list, name].map(pathText);
}

/** An answer that says where a response has one value, by keys alone. */
export function keysPath(description: string) {
  return pathAnswer(description, path =>
    path.every(step => 'key' in step) ? undefined : 'has more than keys, by which it is looked for',
  );
}

/** An answer that says where a response has one value, by keys and positions. */
export function placePath(description: string) {
  return pathAnswer(description, path =>
    path.every(step => 'key' in step || 'index' in step) ? undefined : 'has more than keys and positions',
  );
}

/** An answer that says where a response has the records. */
export function recordsPath(description: string) {
  return pathAnswer(description, path => {
    const last = path.at(-1);
    return last && 'where' in last ? 'ends in [field=value]: record_filter tells which records are kept' : undefined;
  });
}

function pathAnswer(description: string, refusal: (path: Path) => string | undefined) {
  const problem = (text: string) => {
    const path = parsePath(text);
    if (isFault(path)) return `is no path: ${path.message}, at character ${path.at}`;
    // In a connector, that is every item.
    return path.some(step => 'key' in step && step.key === '*') ? 'has a key *' : refusal(path);
  };
  return v.pipe(
    line(description),
    v.check(
      value => problem(value) === undefined,
      ({ input }) => problem(String(input)) ?? '',
    ),
  );
}

/** A path as a connector's Python has it: keys, positions, `*`, and pairs of field and value. */
export function pathValue(path: string | Path): Value {
  return tuple((typeof path === 'string' ? pathOf(path) : path).map(stepValue));
}

function stepValue(step: Step): Value {
  if ('every' in step) return '*';
  if ('index' in step) return step.index;
  return 'key' in step ? step.key : tuple([step.where.field, step.where.value]);
}

/** True for a path into a response that is a list itself. */
export function beginsInList(text: string): boolean {
  const [first] = pathOf(text);
  return first !== undefined && 'index' in first;
}

/** True for a path that has more than keys; digits may be a key or a position. */
export function hasSteps(text: string): boolean {
  return pathOf(text).some(step => !('key' in step) || /^\d+$/.test(step.key));
}
