import { Ajv, type ValidateFunction } from 'ajv';
import { isDate } from '../../src/schema/infer/date-time.ts';
import type { Message } from './output.ts';

interface Known {
  readonly validate: ValidateFunction;
  readonly integers: readonly string[];
  readonly decimals: RegExp;
}

/** RFC 3339's date-time, with its offset. */
const DATE_TIME = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

// Python writes numbers that JavaScript takes for infinite.
const schemas = new Ajv({
  strict: false,
  strictNumbers: false,
  formats: { 'date-time': text => isDate(DATE_TIME.exec(text)?.[1] ?? '') },
});

/**
 * Throws at the first record that doesn't hold against the SCHEMA that was written before it, as Singer's targets do; also
 * where an integer has decimal places, such as 1.0, or more than 64 bits.
 */
export function checkRecords(messages: readonly Message[], lines: readonly string[]): void {
  const known = new Map<string, Known>();
  for (const [index, { type, stream = '', schema = {}, record }] of messages.entries()) {
    if (type === 'SCHEMA') known.set(stream, { validate: schemas.compile(schema), ...integersOf(schema) });
    if (type !== 'RECORD' || !record) continue;
    const written = known.get(stream);
    if (!written) throw new Error(`A record of ${stream} stands before its schema`);
    const line = lines[index] ?? '';
    const isNo64Bits = written.integers.some(name => Math.abs(Number(record[name])) > 2 ** 63);
    if (isNo64Bits || written.decimals.test(line))
      throw new Error(`A record of ${stream} has an integer that isn't one of 64 bits: ${line}`);
    if (written.validate(record)) continue;
    const said = written.validate.errors?.map(({ instancePath, message }) => `${instancePath} ${message}`).join(', ');
    throw new Error(`A record of ${stream} doesn't hold against its schema: ${said}: ${line}`);
  }
}

/** The columns of integers alone, and what shows that one of them has decimal places or an exponent. */
function integersOf({ properties = {} }: Record<string, unknown>): { integers: string[]; decimals: RegExp } {
  const integers = Object.entries(properties as Record<string, { type?: unknown }>).flatMap(([name, { type = [] }]) => {
    const types = [type].flat();
    return types.includes('integer') && !types.includes('number') ? [name] : [];
  });
  const escaped = integers.map(name => JSON.stringify(name).replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return { integers, decimals: integers.length ? new RegExp(`[{,] ?(?:${escaped.join('|')}): ?-?\\d+[.eE]`) : /$^/ };
}
