import { type Problem, UserError } from '../problems.ts';
import { csvRows } from './csv.ts';
import { type InferredSchema, SchemaInference } from './inference.ts';
import { parseJson } from './json.ts';
import { findRecords, recordsAt } from './records-path.ts';

export type SampleFormat = 'json' | 'jsonl' | 'csv';

export interface SampleOptions {
  /** The sample's name, for messages; its ending tells the format if that is 'auto'. */
  readonly file: string;
  readonly format?: SampleFormat | 'auto';
  /** Where the array of records is in a JSON response: "data", "result.items"; '' is the response itself. Found if not given. */
  readonly recordsPath?: string;
  /** What separates the fields of CSV. */
  readonly delimiter?: string;
}

/** The records of a sample; those of CSV have text for values. */
export interface Sample {
  readonly records: readonly unknown[];
  readonly format: SampleFormat;
  /** Where they were, if the sample is a JSON document. */
  readonly recordsPath?: string;
  readonly notes: readonly string[];
}

/** More syntax errors than these say nothing new. */
const MAX_PROBLEMS = 10;

/** Reads the records of a sample: JSON, JSON Lines, or CSV with a header. Throws a UserError that gives the line of each syntax error. */
export function readSample(text: string, options: SampleOptions): Sample {
  const content = text.replace(/^\uFEFF/, '');
  const format = options.format && options.format !== 'auto' ? options.format : detectFormat(content, options.file);
  if (content.trim() === '') throw new UserError({ message: 'the sample is empty', where: options.file });
  if (format === 'json') return readJson(content, options);
  if (options.recordsPath) {
    throw new UserError({
      message: `a records path has no meaning in ${format}`,
      where: options.file,
      hint: 'each line is a record there: leave the path out',
    });
  }
  return {
    format,
    records: format === 'csv' ? readCsv(content, options) : readJsonLines(content, options.file),
    notes: [],
  };
}

/** What a sample says about its stream's schema, keys and bookmarks. Throws a UserError if it can't be read or holds no record. */
export function inferSample(
  text: string,
  options: SampleOptions & { readonly stream?: string },
): InferredSchema & Omit<Sample, 'records'> {
  const { records, notes, ...found } = readSample(text, options);
  if (!records.length) {
    const place = found.recordsPath ? ` at ${JSON.stringify(found.recordsPath)}` : '';
    throw new UserError({
      message: `there is no record in the sample${place}`,
      where: options.file,
      hint: 'a schema needs at least one; ten or more make it right',
    });
  }
  const inference = new SchemaInference({ stream: options.stream, values: found.format === 'csv' ? 'text' : 'typed' });
  try {
    for (const record of records) inference.add(record);
  } catch (error) {
    throw error instanceof UserError
      ? new UserError(error.problems.map(problem => ({ where: options.file, ...problem })))
      : error;
  }
  const inferred = inference.result();
  return { ...inferred, ...found, notes: [...notes, ...inferred.notes] };
}

function detectFormat(content: string, file: string): SampleFormat {
  if (/\.(?:jsonl|ndjson)$/i.test(file)) return 'jsonl';
  if (/\.(?:csv|tsv)$/i.test(file)) return 'csv';
  const start = content.trimStart();
  if (start.startsWith('{')) return isJsonLines(start, file) ? 'jsonl' : 'json';
  return start.startsWith('[') || /\.json$/i.test(file) ? 'json' : 'csv';
}

/** Exports called .json are often JSON Lines: then the first line is a whole document, and another follows. */
function isJsonLines(content: string, file: string): boolean {
  const [first = '', ...others] = content.split('\n', 200).filter(line => line.trim());
  if (!others.length) return false;
  try {
    parseJson(first, file);
    return true;
  } catch {
    return false;
  }
}

function readJson(content: string, { file, recordsPath }: SampleOptions): Sample {
  const response = parseJson(content, file);
  const { path, records, note } =
    recordsPath === undefined ? findRecords(response, file) : recordsAt(response, recordsPath, file);
  return { format: 'json', records, recordsPath: path, notes: note ? [note] : [] };
}

function readJsonLines(content: string, file: string): unknown[] {
  const problems: Problem[] = [];
  const records = content.split('\n').flatMap((line, index) => {
    if (!line.trim() || problems.length >= MAX_PROBLEMS) return [];
    try {
      return [parseJson(line, file, index + 1)];
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(...error.problems);
      return [];
    }
  });
  if (problems.length) throw new UserError(problems);
  return records;
}

function readCsv(content: string, { file, delimiter }: SampleOptions): unknown[] {
  const [header, ...rows] = csvRows([content], file, delimiter ?? (/\.tsv$/i.test(file) ? '\t' : ','));
  const names = header?.fields ?? [];
  const known = new Set<string>();
  const problems: Problem[] = names
    .filter(name => known.size === known.add(name).size)
    .map(name => ({
      message: `the header names the column ${JSON.stringify(name)} twice`,
      where: file,
      line: header?.line,
    }));
  for (const { fields, line } of rows) {
    if (fields.length !== names.length)
      problems.push({
        message: `the row has ${fields.length} fields, but the header ${names.length}`,
        where: file,
        line,
      });
  }
  if (problems.length) throw new UserError(problems.slice(0, MAX_PROBLEMS));
  return rows.map(({ fields }) => Object.fromEntries(names.map((name, index) => [name, fields[index]])));
}
