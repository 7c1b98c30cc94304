import { isMapping } from '../../base/mapping.ts';
import { type Path, pathText, valuesAt } from '../../base/paths.ts';

/** A list of rows, and the names of their columns beside it. */
export interface RowsSeen {
  readonly path: string;
  readonly columnsPath: string;
  readonly records: readonly Readonly<Record<string, unknown>>[];
}

/** What a list is called that names the columns of rows. */
const COLUMNS = /^(?:col|column|field|header)(?:s|_?names)?$|^names$/i;
const MAX_DEPTH = 3;

/** The longest list of rows in a response that has the names of their columns beside it; undefined where there is none. */
export function rowsIn(body: unknown): RowsSeen | undefined {
  const found: RowsSeen[] = [];
  let level: (readonly [Path, unknown])[] = [[[], body]];
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    level = level.flatMap(([path, value]) =>
      isMapping(value) ? Object.entries(value).map(([key, inner]) => [[...path, { key }], inner] as const) : [],
    );
    found.push(...level.flatMap(([path, value]) => (Array.isArray(value) ? (rowsAt(body, path, value) ?? []) : [])));
  }
  return found.sort((a, b) => b.records.length - a.records.length)[0];
}

/** The rows of a list as records, where the names of their columns stand beside it. */
export function rowsAt(body: unknown, path: Path, rows: readonly unknown[]): RowsSeen | undefined {
  const [parent] = valuesAt(body, path.slice(0, -1));
  const [first] = rows;
  if (path.length === 0 || !isMapping(parent) || !Array.isArray(first)) return undefined;
  const beside = Object.entries(parent).find(([key, names]) => COLUMNS.test(key) && isNames(names, first.length));
  if (!beside || !rows.every(row => Array.isArray(row) && row.length === first.length)) return undefined;
  const [key, names] = beside as [string, string[]];
  return {
    path: pathText(path),
    columnsPath: pathText([...path.slice(0, -1), { key }]),
    records: (rows as unknown[][]).map(row => Object.fromEntries(names.map((name, index) => [name, row[index]]))),
  };
}

function isNames(value: unknown, length: number): boolean {
  return (
    Array.isArray(value) &&
    value.length === length &&
    value.every(name => typeof name === 'string' && name !== '') &&
    new Set(value).size === length
  );
}
