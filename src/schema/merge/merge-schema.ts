import { UserError } from '../../base/problems.ts';
import type { StreamSchema } from '../dialect.ts';
import type { Column, Values } from '../infer/column.ts';
import type { Facts } from '../infer/facts.ts';
import type { Node } from '../infer/untyped.ts';
import { JsonSchemaReader } from '../read/json-schema.ts';
import { editSchemaText, parseSchemaText } from '../write/schema-text.ts';
import { type WrittenColumns, writtenAfter } from '../write/written.ts';
import { ColumnsMerge, isMapping } from './merge-columns.ts';

/** What a source says about a stream. */
export interface Evidence {
  /** The schema that it would get if there were none. */
  readonly schema: StreamSchema;
  readonly columns: ReadonlyMap<string, Column>;
  /** How many there were; 0 for a JSON Schema. */
  readonly records: number;
  readonly values: Values;
}

/** What became of a schema. Columns are named by their path: `address.city`. */
export interface MergedSchema {
  readonly text: string;
  readonly added: readonly string[];
  /** Columns whose type had to change. */
  readonly changed: readonly string[];
  /** Columns of the schema that the evidence lacks; they stay. */
  readonly vanished: readonly string[];
  /** Columns of the evidence that were taken out by hand. */
  readonly leftOut: readonly string[];
  /** Columns whose values have to be written as JSON text. */
  readonly textColumns: readonly string[];
  readonly notes: readonly string[];
  /** What is to be recorded for the next time. */
  readonly written: WrittenColumns;
}

/**
 * Brings the text of a schema up to date and keeps what its author did: hand-changed types and formats, columns taken out,
 * keywords, order and layout. `recorded` is what was written last, without which a type counts as ours.
 * Throws a UserError for a text that Mage couldn't read, or that is no schema of a stream.
 */
export function mergeSchema(text: string, file: string, evidence: Evidence, recorded?: WrittenColumns): MergedSchema {
  const root = parseSchemaText(text, file);
  const schema = JSON.parse(text);
  const facts = columnFacts(schema, file);
  const merge = new ColumnsMerge(evidence.values, evidence.records);
  merge.place({
    path: [],
    raw: schema.properties,
    facts,
    columns: evidence.columns,
    fresh: evidence.schema.properties,
    recorded,
  });
  const { edits, ...found } = merge;
  const merged = editSchemaText(text, root, edits);
  const touched = new Set(edits.map(({ column }) => JSON.stringify(column)));
  const isTouched = (path: readonly string[]) => touched.has(JSON.stringify(path));
  const written = writtenAfter(columnFacts(JSON.parse(merged), file), recorded, evidence.columns, isTouched);
  return { ...found, text: merged, written };
}

/** What a schema says of its columns. */
function columnFacts(schema: unknown, file: string): ReadonlyMap<string, Facts> {
  const reader = new JsonSchemaReader(schema, file);
  const { properties } = reader.read();
  const hint = 'mend it, or write it anew with --replace';
  if (reader.problems.length > 0) throw new UserError(reader.problems.map(problem => ({ hint, ...problem })));
  if (!isMapping((schema as Node).properties))
    throw new UserError({ where: file, message: 'is no schema: it has no properties', hint });
  return properties;
}
