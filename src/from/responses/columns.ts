import { UserError } from '../../base/problems.ts';
import { type InferredSchema, SchemaInference } from '../../schema/infer/inference.ts';
import { checkSchema } from '../../schema/read/check.ts';
import type { DescribedStream, Understood } from '../described.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

/** What records say of a stream's columns, together with what a description said of them. */
export interface ColumnsSeen {
  /** Of the records alone. */
  readonly seen: InferredSchema;
  readonly schema: Understood<JsonSchema>;
  /** Columns of records that the description lacks. */
  readonly added: readonly string[];
  readonly textColumns: readonly string[];
}

/** The columns of records, and those of a description widened by them; undefined where the records have none. */
export function columnsSeen({ name, schema }: DescribedStream, records: readonly unknown[]): ColumnsSeen | undefined {
  const seen = inferred(name, records);
  if (!seen || Object.keys(seen.schema.properties).length === 0) return undefined;
  const checked = schema && checkSchema(schema.value, 'schema');
  const said = checked && checked.problems.length === 0 ? checked.facts : undefined;
  const both = said ? inferred(name, records, said) : undefined;
  const { schema: properties, textColumns } = both ?? seen;
  const added = said ? Object.keys(seen.schema.properties).filter(column => !said.has(column)) : [];
  const count = `${records.length} record${records.length === 1 ? '' : 's'}`;
  return {
    seen,
    schema: {
      value: properties as unknown as JsonSchema,
      grade: schema?.grade ?? 'inferred',
      evidence: said && schema ? `${schema.evidence}, and ${count}` : count,
    },
    added,
    textColumns,
  };
}

function inferred(
  stream: string,
  records: readonly unknown[],
  said?: ReturnType<typeof checkSchema>['facts'],
): InferredSchema | undefined {
  const inference = new SchemaInference({ stream });
  try {
    for (const record of records) inference.add(record);
    if (said) inference.assume(said);
    return inference.result();
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
