import { UserError } from '../base/problems.ts';
import { evidenceOfSchema } from '../schema/infer/evidence.ts';
import { checkSchema } from '../schema/read/check.ts';
import { inferSample } from '../schema/read/sample.ts';
import type { ReadOptions, SourceEvidence } from './source-evidence.ts';

/** Reads a JSON document: a response with records, or a JSON Schema. Throws a UserError for what is neither. */
export function readDocument(text: string, name: string, { stream, recordsPath }: ReadOptions): SourceEvidence {
  const schema = recordsPath === undefined ? jsonSchemaIn(text) : undefined;
  if (schema === undefined) {
    return { ...inferSample(text, { file: name, format: 'json', recordsPath, stream }), values: 'typed' };
  }
  const checked = checkSchema(schema, name);
  if (checked.problems.length > 0) throw new UserError(checked.problems);
  const notes = ['it is a JSON Schema, not a sample', ...checked.notes];
  return { ...evidenceOfSchema(checked), textColumns: checked.textColumns, notes, keys: [], bookmarks: [] };
}

/** The document if it describes objects, or an array of them, as no record does. */
function jsonSchemaIn(text: string): unknown {
  if (!/"properties"/.test(text) || !/"(?:\$schema|object)"/.test(text)) return undefined;
  try {
    const document = JSON.parse(text);
    const described = document.type === 'array' ? document.items : document;
    const isSchema = (document.$schema ?? described?.type) !== undefined && typeof described?.properties === 'object';
    return isSchema && (described.type ?? 'object') === 'object' ? document : undefined;
  } catch {
    return undefined;
  }
}
