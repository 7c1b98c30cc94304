import { isEqual } from 'lodash-es';
import { pathOf, valuesAt } from '../base/paths.ts';
import { UserError } from '../base/problems.ts';
import type { RecordAnswers } from './answers.ts';
import { namesPlace } from './response-path.ts';
import { isObject } from './shape.ts';

/** True where the first of the rows has the names of the columns: the answers say nothing else, or lead there themselves. */
export function isFirstRow(columnsPath: string | undefined, recordsPath: string): boolean {
  return columnsPath === undefined || isEqual(pathOf(columnsPath), [...pathOf(recordsPath), { index: 0 }]);
}

/** The records of a sample whose items are none: rows, lists of columns, plain values, and what a map has. */
export function namedItems(answer: RecordAnswers, items: readonly unknown[], response: unknown): readonly unknown[] {
  const { records_in, records_path, map_key, value_column } = answer;
  const whole = records_path === undefined && response !== undefined ? [response] : items;
  if (records_in === 'values') return items.map(value => ({ [value_column ?? 'value']: value }));
  if (records_in === 'rows') return namedRows(answer, items, response);
  if (records_in === 'columns') return whole.flatMap(lists => (isObject(lists) ? columnRecords(lists) : [lists]));
  if (records_in !== 'map') return items;
  return whole.flatMap(map =>
    isObject(map)
      ? Object.entries(map).map(([key, value]) => {
          const record = value_column === undefined ? value : { [value_column]: value };
          return isObject(record) && map_key !== undefined ? { ...record, [map_key]: key } : record;
        })
      : [map],
  );
}

function namedRows(
  { records_path = '', columns_path, column_names }: RecordAnswers,
  items: readonly unknown[],
  response: unknown,
): readonly unknown[] {
  if (column_names !== undefined) return rowRecords(column_names, items, 'in column_names');
  if (!isFirstRow(columns_path, records_path))
    return rowRecords(namesAt(response, columns_path ?? ''), items, `at ${columns_path}`);
  const [names, ...rows] = items;
  if (!isTexts(names)) throw new UserError({ message: 'the first row of the sample has no names of columns' });
  const filled = rows.map(row =>
    Array.isArray(row) && row.length > 0 ? [...row, ...Array(Math.max(0, names.length - row.length)).fill(null)] : row,
  );
  return rowRecords(
    names,
    filled.filter(row => !Array.isArray(row) || row.length > 0),
    'in the first row',
  );
}

function namesAt(response: unknown, path: string): readonly string[] {
  const { list, name } = namesPlace(path);
  const [found] = valuesAt(response, list);
  const names = Array.isArray(found) && name.length > 0 ? found.flatMap(each => valuesAt(each, name)) : found;
  if (!isTexts(names)) throw new UserError({ message: `the sample has no list of names of columns at ${path}` });
  return names;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(item => typeof item === 'string');
}

function rowRecords(names: readonly string[], rows: readonly unknown[], place: string): object[] {
  return rows.map(row => {
    if (!Array.isArray(row) || row.length !== names.length)
      throw new UserError({ message: `a row of the sample has not the ${names.length} columns that stand ${place}` });
    return Object.fromEntries(names.map((name, index) => [name, row[index]]));
  });
}

function columnRecords(found: Readonly<Record<string, unknown>>): object[] {
  const lists = Object.entries(found).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]));
  const [first] = lists;
  if (first === undefined || lists.some(([, values]) => values.length !== first[1].length))
    throw new UserError({ message: 'the sample has no lists of equally many values for each column' });
  return first[1].map((_, index) => Object.fromEntries(lists.map(([column, values]) => [column, values[index]])));
}
