import { UserError } from '../../base/problems.ts';
import { type InferredSchema, SchemaInference } from '../infer/inference.ts';
import { parseJson } from './json.ts';
import { findRecords, recordsAt } from './records-path.ts';
import { detectFormat, readCsv, readJsonLines, type SampleFormat } from './sample-formats.ts';

export interface SampleOptions {
  /** The sample's name, for messages; its ending tells the format if that is 'auto'. */
  readonly file: string;
  readonly format?: SampleFormat | 'auto';
  /** Where the array of records is in a JSON response: "data", "result.items"; '' is the response itself. Found if not given. */
  readonly recordsPath?: string;
  /** What separates the fields of CSV. */
  readonly delimiter?: string;
  /** Gives the records other columns, or throws a UserError. */
  readonly shape?: (sample: Sample) => readonly unknown[];
  /** True where text stands for values of other types, as in CSV. */
  readonly castsText?: boolean;
}

/** The records of a sample; those of CSV have text for values. */
export interface Sample {
  readonly records: readonly unknown[];
  readonly format: SampleFormat;
  /** Where they were, if the sample is a JSON document. */
  readonly recordsPath?: string;
  /** The whole of a JSON document. */
  readonly response?: unknown;
  readonly notes: readonly string[];
}

/** Reads the records of a sample: JSON, JSON Lines, or CSV with a header. Throws a UserError that gives the line of each syntax error. */
export function readSample(text: string, options: SampleOptions): Sample {
  const content = text.replace(/^\uFEFF/, '');
  const format = options.format && options.format !== 'auto' ? options.format : detectFormat(content, options.file);
  if (content.trim() === '') throw new UserError({ message: 'the sample is empty', where: options.file });
  if (format === 'json') return readJson(content, options);
  // A path is where the records are in a response; these are nothing but records.
  return {
    format,
    records:
      format === 'csv' ? readCsv(content, options.file, options.delimiter) : readJsonLines(content, options.file),
    notes: [],
  };
}

/** What a sample says about its stream's schema, keys and bookmarks. Throws a UserError if it can't be read or holds no record. */
export function inferSample(
  text: string,
  options: SampleOptions & { readonly stream?: string },
): InferredSchema & Omit<Sample, 'records'> {
  const { notes, ...found } = readSample(text, options);
  const { records: given, ...rest } = found;
  const records = options.shape?.({ notes, ...found }) ?? given;
  if (!records.length) {
    const place = rest.recordsPath ? ` at ${JSON.stringify(rest.recordsPath)}` : '';
    throw new UserError({
      message: `there is no record in the sample${place}`,
      where: options.file,
      hint: 'a schema needs at least one; ten or more make it right',
    });
  }
  const inference = new SchemaInference({
    stream: options.stream,
    values: rest.format === 'csv' || options.castsText ? 'text' : 'typed',
  });
  try {
    for (const record of records) inference.add(record);
  } catch (error) {
    throw error instanceof UserError
      ? new UserError(error.problems.map(problem => ({ where: options.file, ...problem })))
      : error;
  }
  const inferred = inference.result();
  return { ...inferred, ...rest, notes: [...notes, ...inferred.notes] };
}

function readJson(content: string, { file, recordsPath }: SampleOptions): Sample {
  const response = parseJson(content, file);
  const { path, records, note } =
    recordsPath === undefined ? findRecords(response, file) : recordsAt(response, recordsPath, file);
  return { format: 'json', records, recordsPath: path, response, notes: note ? [note] : [] };
}
