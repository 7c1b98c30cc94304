import { isEqual } from 'lodash-es';
import type { ColumnSchema } from '../dialect.ts';
import type { Column, Values } from '../infer/column.ts';
import type { Facts } from '../infer/facts.ts';
import type { Node } from '../infer/untyped.ts';
import { misfitOf } from '../read/misfit.ts';
import { resolveColumn } from '../read/resolve.ts';
import { isAsWritten, plainType, standsIn, type WrittenType } from '../write/written.ts';

/** A column that both the schema and the evidence have. */
export interface Cell {
  readonly name: string;
  /** As the schema has it, and what that says. */
  readonly raw: Node;
  readonly facts: Facts;
  readonly column: Column;
  /** What it would be if the schema were written anew. */
  readonly fresh: ColumnSchema | undefined;
  readonly recorded: WrittenType | undefined;
  /** True for a property of an object, which nothing could write as JSON text. */
  readonly isNested: boolean;
  /** True where some record lacks a value. */
  readonly hasGaps: boolean;
}

/** What becomes of a column: nothing, unless there is a value to write. */
export interface Decision {
  readonly value?: Node;
  /** A property of an object that no type describes any more. */
  readonly isRemoved?: boolean;
  readonly note?: string;
  /** The values that aren't strings have to be written as JSON text. */
  readonly asText?: boolean;
}

/** The keywords that say what a column may hold. */
const TYPE_KEYWORDS = 'type format properties items prefixItems anyOf oneOf allOf $ref enum const'.split(' ');

/** Makes a column's type wider where the values contradict it, unless its author chose that type. */
export function decideColumn(cell: Cell, values: Values): Decision {
  const { facts, recorded, column, fresh, raw, hasGaps } = cell;
  if (facts.types.size === 0) return { note: "the schema gives it no type, which Mage's SQL destinations refuse" };
  const isOurs = recorded === undefined || isAsWritten(facts, recorded);
  if (isOurs && fresh && isNowKnown(recorded, fresh, column))
    return isEqual(raw, fresh)
      ? {}
      : { value: replaced(raw, fresh), note: `${typeName(fresh)}, now that it has values` };
  const misfit = misfitOf(facts, column, values);
  const isNull = hasGaps && !facts.types.has('null');
  if (!misfit && !isNull) return {};
  const reason = misfit ?? 'the sample has records without it';
  if (!isOurs) return { note: `stays ${factsName(facts)}, as changed by hand, though ${reason}` };
  if (misfit) return widened(cell, values, misfit);
  return { note: `null is allowed now: ${reason}`, value: { ...raw, type: ['null', ...facts.types] } };
}

/** Did a string stand in for the type that the values now show? Text keeps it, and so do values of several types. */
function isNowKnown(recorded: WrittenType | undefined, fresh: ColumnSchema, column: Column): boolean {
  if (column.isEmpty || !standsIn(recorded)) return false;
  return recorded === 'null' ? typeName(fresh) !== 'string' : 'items' in fresh;
}

function widened({ name, raw, facts, column, isNested }: Cell, values: Values, reason: string): Decision {
  column.assume(facts);
  const { column: schema, asText, note } = resolveColumn(name, column, values);
  if (asText && isNested)
    return { isRemoved: true, note: `is described no more: ${reason}, the schema ${factsName(facts)}` };
  const why = asText && note ? note : reason;
  const value = replaced(raw, schema);
  if (isEqual(value, raw)) return { asText, note: `stays ${factsName(facts)}: ${why}` };
  return { value, asText, note: `${factsName(facts)} became ${typeName(schema)}: ${why}` };
}

/** The other keywords stay, and so does the order. */
function replaced(raw: Node, schema: ColumnSchema): Node {
  const kept = Object.entries(raw).filter(([key]) => key in schema || !TYPE_KEYWORDS.includes(key));
  return { ...Object.fromEntries(kept), ...schema };
}

function typeName(schema: ColumnSchema): string {
  if ('items' in schema) return `array of ${schema.items.type[1]}`;
  return 'format' in schema && schema.format ? schema.format : schema.type[1];
}

function factsName(facts: Facts): string {
  const name = plainType(facts).replace('!', '').replaceAll('|', ' or ');
  return facts.items && name === 'array' ? `array of ${plainType(facts.items).replace('!', '')}` : name;
}
