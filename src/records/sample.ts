import { nearest } from '../base/names.ts';
import { followPath, pathOf, pathText, valuesAt } from '../base/paths.ts';
import { type Problem, UserError } from '../base/problems.ts';
import type { Sample } from '../schema/read/sample.ts';
import type { RecordAnswers } from './answers.ts';
import { conditionPaths } from './condition.ts';
import { conditionOf, keptWhen } from './condition-answers.ts';
import { namedItems } from './items.ts';
import { meets } from './meets.ts';
import { nestedColumns } from './nested.ts';
import { hasShape, isObject, type Shape, shapeOf, shapeRecord } from './shape.ts';

type Row = Readonly<Record<string, unknown>>;

/**
 * The records of a sample with the columns that the connector gives them, so that a schema is of those. Throws a UserError for
 * what no record has, and for columns of two values.
 */
export function shapedSample(answer: RecordAnswers, { records, response }: Sample): readonly unknown[] {
  const named = namedItems(answer, records, response);
  const all = named.filter(isObject);
  const own = new Set(all.flatMap(row => Object.keys(row)));
  const shape = shapeOf({ ...answer, columns: { ...nestedColumns(answer, name => own.has(name)), ...answer.columns } });
  // What is no record at all is told by the inference.
  if (all.length < named.length || all.length === 0) return named;
  const rows = keptRows(answer, all);
  if (!hasShape(shape) && answer.deleted_column === undefined) return rows;
  const clashes = new Set<string>();
  const shaped = rows.map(row => shapeRecord(row, shape, column => clashes.add(column)));
  const problems = [
    ...absent(shape, rows, own),
    ...[...clashes].map(column => ({
      message: `two values of a record would be the column ${column}`,
      hint: 'remove one of the fields, or give it another name by rename',
    })),
  ];
  if (problems.length > 0) throw new UserError(problems);
  return shaped.map((row, index) => marked(withoutSpread(row, shape, rows), rows[index] as Row, answer));
}

/** The rows that the connector keeps. Throws a UserError where conditions name what no row has, or keep none. */
function keptRows(answer: RecordAnswers, rows: readonly Row[]): readonly Row[] {
  const conditions = [answer.keep_when, answer.drop_when, answer.deleted_when].filter(text => text !== undefined);
  // What stands around records isn't in those of a sample.
  const around = [...Object.keys(answer.from_response ?? {}), answer.map_key];
  const paths = conditions.flatMap(text => conditionPaths(conditionOf(text))).filter(path => !around.includes(path));
  const problems = absentPaths(paths, rows);
  if (problems.length > 0) throw new UserError(problems);
  const condition = keptWhen(answer);
  const kept = condition ? rows.filter(row => meets(row, condition)) : rows;
  if (kept.length > 0) return kept;
  throw new UserError({
    message: 'no record of the sample is kept by the conditions',
    hint: 'give a sample with some that are',
  });
}

/** A row with the column that tells whether it is deleted. */
function marked(row: Row, record: Row, { deleted_when, deleted_column }: RecordAnswers): Row {
  if (deleted_when === undefined || deleted_column === undefined) return row;
  return { ...row, [deleted_column]: meets(record, conditionOf(deleted_when)) };
}

/** What answers name and no record has. */
function absent(
  { remove, flatten, rename, columns }: Shape,
  rows: readonly Row[],
  own: ReadonlySet<string>,
): Problem[] {
  const ofPaths = absentPaths([...remove, ...Object.values(columns)], rows);
  // What is renamed may come of flattening.
  const fields = [...flatten.filter(field => field !== '*'), ...(flatten.length > 0 ? [] : Object.keys(rename))];
  const ofFields = fields
    .filter(field => !own.has(field))
    .map(field => {
      const meant = nearest(field, [...own]);
      return { message: `no record of the sample has the field ${field}`, hint: meant && `did you mean ${meant}?` };
    });
  return [...ofPaths, ...ofFields];
}

/** A field that is null here and an object elsewhere is no column beside those of the object. */
function withoutSpread(row: Row, { flatten }: Shape, rows: readonly Row[]): Row {
  const isSpread = (field: string) =>
    (flatten.includes('*') || flatten.includes(field)) && rows.some(other => isObject(other[field]));
  return Object.fromEntries(Object.entries(row).filter(([field, value]) => value !== null || !isSpread(field)));
}

/** The paths that lead to nothing in every row, each with what was meant. */
function absentPaths(paths: readonly string[], rows: readonly Row[]): Problem[] {
  return paths.flatMap(path => {
    if (rows.some(row => valuesAt(row, pathOf(path)).length > 0)) return [];
    const meant = rows.map(row => followPath(row, pathOf(path)).nearest).find(found => found !== undefined);
    return [{ message: `no record of the sample has ${path}`, hint: meant && `did you mean ${pathText(meant)}?` }];
  });
}
