import { pathOf, valuesAt } from '../base/paths.ts';
import { UserError } from '../base/problems.ts';
import { ExactNumber } from '../schema/infer/numbers.ts';
import type { Condition, Literal } from './condition.ts';

/** True where a record of a sample meets a condition, as the connector has it (python/streams/conditions.py). */
export function meets(record: unknown, condition: Condition): boolean {
  if ('all' in condition) return condition.all.every(part => meets(record, part));
  if ('any' in condition) return condition.any.some(part => meets(record, part));
  if ('not' in condition) return !meets(record, condition.not);
  const { path, sign, values } = condition;
  const found = plain(valuesAt(record, pathOf(path))[0] ?? null);
  const [value = null] = values.map(plainLiteral);
  if (sign === 'exists') return found !== null;
  if (sign === 'in') return values.map(plainLiteral).includes(found as never);
  if (sign === '==' || sign === '!=') return (found === value) === (sign === '==');
  if (found === null || value === null) return false;
  if (sign === 'contains') {
    if (Array.isArray(found)) return found.map(plain).includes(value);
    if (typeof found === 'string' && typeof value === 'string') return found.includes(value);
  } else if (typeof found === typeof value && typeof found !== 'boolean' && typeof found !== 'object') {
    const order = compared(found as string | number, value as string | number);
    return { '<': order < 0, '<=': order <= 0, '>': order > 0, '>=': order >= 0 }[sign];
  }
  throw new UserError({
    message: `${path} is ${JSON.stringify(found)} in the sample, to which ${sign} ${JSON.stringify(value)} has no meaning`,
  });
}

function compared(found: string | number, value: string | number): number {
  return found < value ? -1 : found > value ? 1 : 0;
}

function plainLiteral(literal: Literal): string | number | boolean | null {
  return typeof literal === 'object' && literal !== null ? Number(literal.number) : literal;
}

function plain(value: unknown): unknown {
  return value instanceof ExactNumber ? Number(value.text) : value;
}
