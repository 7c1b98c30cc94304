import { nearest } from '../base/names.ts';
import { pathOf, type Step } from '../base/paths.ts';
import { placeholdersIn } from '../base/placeholders.ts';
import type { StreamReport } from '../connector/kind.ts';
import type { StreamModel } from '../connector/model.ts';
import type { RecordAnswers } from './answers.ts';
import { reportConversions } from './epochs.ts';
import { isFirstRow } from './items.ts';
import { columnOf, hasShape, keysOf, type Shape, shapeOf } from './shape.ts';

/** Checks what the answers about columns say together, and beside the schema. */
export function reportShape(answer: RecordAnswers, stream: StreamModel, report: StreamReport): void {
  reportItems(answer, report);
  reportDeleted(answer, stream, report);
  const shape = shapeOf(answer);
  if (answer.flatten_separator !== undefined && shape.flatten.length === 0)
    report('flatten_separator', 'has no use without flatten');
  if (!hasShape(shape)) return;
  reportTargets(shape, report);
  reportConversions(shape.convert, stream, report);
  reportColumns(answer, shape, stream, report);
  reportAdded(answer, shape, report);
}

function reportItems(answer: RecordAnswers, report: StreamReport) {
  const { records_in, records_path = '', columns_path, column_names, value_column } = answer;
  const isHeader = isFirstRow(columns_path, records_path);
  if (records_in === 'rows' && records_path === '' && !isHeader)
    report('records_path', 'is missing: where a response has the rows, beside the names of their columns');
  if (records_in === 'rows' && isHeader && column_names === undefined && pathOf(records_path).some(isEvery))
    report(
      'records_path',
      'leads by * to several lists, whose first rows would be columns',
      'one stream for each list',
    );
  for (const key of ['columns_path', 'column_names'] as const)
    if (answer[key] !== undefined && records_in !== 'rows') report(key, 'has no use without records_in: rows');
  if (columns_path !== undefined && column_names !== undefined)
    report('column_names', 'has no use beside columns_path', 'leave one of them out');
  if (value_column !== undefined && records_in !== 'values' && records_in !== 'map')
    report('value_column', 'has no use without records_in: values, or a map of values');
}

const isEvery = (step: Step) => 'every' in step;

/** The column that tells of deletion is one of its own. */
function reportDeleted(
  { deleted_when, deleted_column, columns }: RecordAnswers,
  { schema }: StreamModel,
  report: StreamReport,
) {
  if (deleted_column === undefined) return;
  if (deleted_when === undefined) report('deleted_column', 'has no use without deleted_when');
  if (Object.hasOwn(columns ?? {}, deleted_column))
    report('deleted_column', `${deleted_column} is one of columns, too`);
  const type = schema.properties[deleted_column]?.type[1];
  if (type !== 'boolean')
    report(
      'deleted_column',
      `${deleted_column} is ${type === undefined ? 'no column' : `of the type ${type}`} in the schema`,
      'it is a boolean',
    );
}

/** Two fields can't be renamed to one column. */
function reportTargets({ rename, columns, values }: Shape, report: StreamReport): void {
  const targets = Object.values(rename);
  for (const column of new Set(targets.filter((target, index) => targets.indexOf(target) < index)))
    report('rename', `gives two fields the name ${column}`);
  for (const column of targets.filter(target => target in columns || target in values))
    report('columns', `${column} is a field's name by rename, too`, 'leave one of them out');
}

/** Every column of the schema can come, and every column that is made is one of it. */
function reportColumns(answer: RecordAnswers, shape: Shape, { schema }: StreamModel, report: StreamReport): void {
  const known = Object.keys(schema.properties);
  const made = [...Object.keys(shape.columns), ...Object.keys(shape.values)];
  const { deleted_column: deleted } = answer;
  for (const column of [...made, ...Object.values(shape.rename)].filter(name => !known.includes(name))) {
    const meant = nearest(column, known);
    report(
      made.includes(column) ? 'columns' : 'rename',
      `${column} is no column of the schema`,
      meant ? `did you mean ${meant}?` : 'add it to the schema',
    );
  }
  for (const column of known.filter(name => !made.includes(name) && name !== deleted)) {
    const type = schema.properties[column]?.type[1];
    if (shape.remove.some(path => keysOf(path).length === 1 && keysOf(path)[0] === column))
      report('remove', `${column} is a column of the schema`, 'take it out of the schema, or leave it in');
    if (type === 'object' && (shape.flatten.includes('*') || shape.flatten.includes(column)))
      report('flatten', `${column} is an object in the schema, whose fields become columns themselves`);
    if (Object.hasOwn(shape.rename, column) && !Object.values(shape.rename).includes(column))
      report('rename', `${column} gets another name, and is a column of the schema`);
    const added = isAdded(answer, column) || Object.values(shape.rename).includes(column);
    if (!added && columnOf(column, { rename: {}, names: shape.names }) !== column)
      report('names', `${column} is a column of the schema, which ${shape.names} names don't give`);
  }
  for (const [column, value] of Object.entries(shape.values)) reportValue(column, value, schema, answer, report);
}

function isAdded({ parent, parents = [] }: RecordAnswers, column: string): boolean {
  return [parent ?? [], parents].flat().some(({ as }) => as === column);
}

/** A value has the type of its column, unless it is cast. */
function reportValue(
  column: string,
  value: string | number | boolean,
  { properties }: StreamModel['schema'],
  { cast }: RecordAnswers,
  report: StreamReport,
): void {
  const type = properties[column]?.type[1];
  if (
    type === undefined ||
    cast === true ||
    (typeof value === 'string' && placeholdersIn([value]).length > 0 && type === 'string')
  )
    return;
  const fits =
    typeof value === 'number' ? (Number.isInteger(value) ? ['integer', 'number'] : ['number']) : [typeof value];
  if (!fits.includes(type))
    report('columns', `${column} has a value of the type ${fits[0]}, and is of the type ${type} in the schema`);
}

/** What stands around records gets no other name, since the answers say what it is called. */
function reportAdded(
  { from_response, map_key, value_column }: RecordAnswers,
  shape: Shape,
  report: StreamReport,
): void {
  const named = [...Object.keys(from_response ?? {}), map_key, value_column].filter(name => name !== undefined);
  for (const name of named)
    if (columnOf(name, shape) !== name)
      report('names', `${name} would become ${columnOf(name, shape)}`, `call it that itself`);
}
