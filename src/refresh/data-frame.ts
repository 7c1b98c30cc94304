import { ExactNumber, numberFrom } from '../schema/infer/numbers.ts';
import { type Node, own } from '../schema/infer/untyped.ts';
import { parseJsonLine } from '../schema/read/json-lines.ts';

/** A JSON Schema of values whose decimals were written as text, if it is known that they may have been. */
export type DecimalSchema = Node | undefined;

/**
 * The records of a sample as Mage writes it: a data frame, {"column": {"0": value, …}, …}. pandas makes text of Python's
 * decimals, so `schema` tells which texts are numbers. Throws a UserError where it isn't JSON.
 */
export function frameRecords(frame: string, schema: DecimalSchema): object[] {
  const columns = parseJsonLine(frame, 'the sample', 1) as Record<string, Record<string, unknown>>;
  const rows = new Map<string, [string, unknown][]>();
  for (const [column, values] of Object.entries(columns)) {
    const isWidened = areWidened(Object.values(values));
    for (const [row, value] of Object.entries(values)) {
      const read = isWidened && value instanceof ExactNumber ? Number(value.text) : value;
      rows.set(row, [...(rows.get(row) ?? []), [column, withNumbers(read, propertyOf(schema, column))]]);
    }
  }
  return [...rows.values()].map(entries => Object.fromEntries(entries));
}

/** pandas makes 1.0 of 1 where a column has nulls: if none of its numbers has a fraction, they were integers. */
function areWidened(values: readonly unknown[]): boolean {
  const isWhole = (value: unknown) => value instanceof ExactNumber && /^-?\d+\.0$/.test(value.text);
  return values.includes(null) && values.every(value => value === null || isWhole(value));
}

function withNumbers(value: unknown, schema: DecimalSchema): unknown {
  if (!schema) return value;
  if (typeof value === 'string') return isNumber(schema) && NUMERAL.test(value) ? numberFrom(value) : value;
  if (Array.isArray(value)) return value.map(item => withNumbers(item, schema.items as DecimalSchema));
  if (typeof value !== 'object' || value === null || value instanceof ExactNumber) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, withNumbers(inner, propertyOf(schema, name))]),
  );
}

const NUMERAL = /^-?\d+(?:\.\d+)?(?:E[+-]?\d+)?$/;

function isNumber({ type }: Node): boolean {
  return [type].flat().includes('number');
}

function propertyOf(schema: DecimalSchema, name: string): DecimalSchema {
  return own((schema?.properties ?? {}) as Record<string, Node>, name);
}
