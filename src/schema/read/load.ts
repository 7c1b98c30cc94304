import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { StreamSchemaAnswer } from '../../answers/connector.ts';
import { decodeText } from '../../base/decode-text.ts';
import { UserError } from '../../base/problems.ts';
import { readStandardInput } from '../../base/standard-input.ts';
import type { StreamSchema } from '../dialect.ts';
import { evidenceOfSchema } from '../infer/evidence.ts';
import type { BookmarkSuggestion, KeySuggestion } from '../infer/suggest.ts';
import type { Evidence } from '../merge/merge-schema.ts';
import { checkSchema } from './check.ts';
import { inferSample, type Sample } from './sample.ts';
import { longForms } from './short-form.ts';

/** A stream's schema, and which of its columns need to be written as text. */
export interface LoadedSchema {
  readonly schema: StreamSchema;
  readonly textColumns: readonly string[];
  /** What was decided where the sample or the JSON Schema left a choice. */
  readonly notes: readonly string[];
  /** What a schema that exists is brought up to date by. */
  readonly evidence: Evidence;
  /** Where the records were found in a sample, where no answer says it. */
  readonly recordsPath?: string;
  /** The response that was given as a sample, with what it has around its records. */
  readonly response?: unknown;
  /** Columns that the sample has no value of. */
  readonly untypedColumns?: readonly string[];
  /** Likely keys and bookmarks, the best first, where there is a sample to tell. */
  readonly keys?: readonly KeySuggestion[];
  readonly bookmarks?: readonly BookmarkSuggestion[];
}

export interface SchemaSource {
  readonly stream: string;
  readonly recordsPath?: string;
  /** The format of samples, where the connector's own says it. */
  readonly format?: 'csv' | 'json' | 'jsonl';
  readonly delimiter?: string;
  /** Gives the records of a sample other columns. */
  readonly shape?: (sample: Sample) => readonly unknown[];
  /** True where text stands for values of other types. */
  readonly castsText?: boolean;
  /** The folder that file names are relative to. */
  readonly folder: string;
}

/** Makes the schema that an answer asks for. Throws a UserError for a file that can't be read or understood. */
export function loadSchema(answer: StreamSchemaAnswer, source: SchemaSource): LoadedSchema {
  if ('sample' in answer) {
    const { stream, recordsPath, format, delimiter, shape, castsText } = source;
    const text = readSource(answer.sample, source.folder);
    const inferred = inferSample(text, {
      file: answer.sample,
      stream,
      recordsPath,
      format: format ?? 'auto',
      delimiter,
      shape,
      castsText,
    });
    return {
      ...inferred,
      evidence: { ...inferred, values: inferred.format === 'csv' || castsText ? 'text' : 'typed' },
    };
  }
  if ('file' in answer) return converted(parseJson(readSource(answer.file, source.folder), answer.file), answer.file);
  return converted({ type: 'object', properties: longForms(answer.properties) }, 'properties');
}

/** The schema that a JSON Schema gives. Throws a UserError for one that can't be used. */
export function converted(value: unknown, where: string): LoadedSchema {
  const checked = checkSchema(value, where);
  if (checked.problems.length > 0) throw new UserError(checked.problems);
  const { schema, textColumns, notes } = checked;
  return { schema, textColumns, notes, evidence: evidenceOfSchema(checked) };
}

function readSource(file: string, folder: string): string {
  if (file === '-') return readStandardInput('sample');
  try {
    return decodeText(readFileSync(resolve(folder, file)), file);
  } catch (error) {
    if (error instanceof UserError) throw error;
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new UserError(
      { message: missing ? `there is no file ${file}` : `${file} can't be read: ${(error as Error).message}` },
      { cause: error },
    );
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserError({ message: `${file} is no JSON: ${(error as Error).message}` }, { cause: error });
  }
}
