import type { Problem } from '../../base/problems.ts';
import {
  arrayColumn,
  type ColumnSchema,
  MAX_DEPTH,
  objectColumn,
  type StreamSchema,
  shown,
  streamSchema,
  stringColumn,
} from '../dialect.ts';
import type { Facts, JsonType } from '../infer/facts.ts';
import { nameNotes } from '../names.ts';
import { JsonSchemaReader } from './json-schema.ts';
import type { Resolved } from './resolve.ts';

/** A user's JSON Schema in Mage's dialect, and what had to be decided on the way. */
export interface CheckedSchema {
  readonly schema: StreamSchema;
  /** Columns of type string that may hold other values too: the connector has to write those as JSON text. */
  readonly textColumns: readonly string[];
  readonly notes: readonly string[];
  /** If there are any, the schema is not to be used. */
  readonly problems: readonly Problem[];
  /** What the schema itself says of each column. */
  readonly facts: ReadonlyMap<string, Facts>;
}

/**
 * Converts a user's JSON Schema (any draft; parsed, as a file or the answers' `{properties: …}` gave it) to the dialect.
 * It never throws for what the schema holds: `problems` has all that is wrong, `where` being its name in them.
 */
export function checkSchema(
  value: unknown,
  where: string,
  reader: JsonSchemaReader = new JsonSchemaReader(value, where),
): CheckedSchema {
  const facts = recordFacts(reader.read());
  const names = [...facts.properties.keys()].filter(name => name !== '');
  const columns = names.map(name => [name, toColumn(facts.properties.get(name) as Facts, 1)] as const);
  const problems = [...reader.problems];
  if (!columns.length && !problems.length) {
    problems.push({
      message: 'the schema describes no columns',
      where,
      hint: 'it needs "properties"; if this is a record, give it as a sample',
    });
  }
  return {
    schema: streamSchema(columns.map(([name, { column }]) => [name, column])),
    textColumns: columns.filter(([, { asText }]) => asText).map(([name]) => name),
    notes: [...columns.flatMap(([name, { note }]) => (note ? [`${shown(name)}: ${note}`] : [])), ...nameNotes(names)],
    problems,
    facts: facts.properties,
  };
}

/** The schema of a whole response, an array, describes its records in `items`. */
function recordFacts(facts: Facts): Facts {
  return !facts.properties.size && facts.items ? facts.items : facts;
}

function toColumn(facts: Facts, depth: number): Resolved {
  const types = [...facts.types]
    .filter(type => type !== 'null')
    .filter(type => type !== 'integer' || !facts.types.has('number'));
  const [type] = types;
  if (!type) return asText('the schema gives it no type');
  if (types.length > 1) return asText(`the schema gives it several types (${types.sort().join(', ')})`);
  if (type === 'array') return toArray(facts.items);
  return {
    column: plainColumn(type, facts, depth),
    asText: false,
    ...(facts.merged && { note: `its alternatives are merged to one ${type}` }),
  };
}

function plainColumn(type: Exclude<JsonType, 'array' | 'null'>, facts: Facts, depth: number): ColumnSchema {
  if (type === 'string') return stringColumn(facts.dateTime);
  return type === 'object'
    ? objectColumn(depth > MAX_DEPTH ? [] : describable(facts, depth))
    : { type: ['null', type] };
}

/** The properties that the dialect can describe; the others may stand in the objects all the same. */
function* describable(facts: Facts, depth: number): Iterable<readonly [string, ColumnSchema]> {
  for (const [name, property] of facts.properties) {
    const resolved = toColumn(property, depth + 1);
    if (!resolved.asText) yield [name, resolved.column];
  }
}

/** As for samples, an array that no SQL array can hold goes out as JSON text. */
function toArray(items: Facts | undefined): Resolved {
  const {
    column,
    asText: isUnclear,
    note,
  } = items?.types.size ? toColumn(items, MAX_DEPTH + 1) : { column: stringColumn(), note: 'unknown' };
  const type = column.type[1];
  if (isUnclear || type === 'array')
    return asText('the schema makes it an array of arrays, or of items of several types');
  return {
    column: arrayColumn(type),
    asText: false,
    ...(note === 'unknown' && { note: 'the schema gives its items no type: taken as strings' }),
  };
}

function asText(what: string): Resolved {
  return {
    column: stringColumn(),
    asText: true,
    note: `${what}: it becomes a string, with JSON text for what isn't one`,
  };
}
