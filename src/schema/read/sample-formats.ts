import { type Problem, UserError } from '../../base/problems.ts';
import { csvRows } from './csv.ts';
import { parseJson } from './json.ts';

export type SampleFormat = 'json' | 'jsonl' | 'csv';

/** More syntax errors than these say nothing new. */
const MAX_PROBLEMS = 10;

/** The format that a sample's name or, if that leaves a choice, its content shows. */
export function detectFormat(content: string, file: string): SampleFormat {
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

/** One record a line. Throws a UserError with every line that isn't JSON. */
export function readJsonLines(content: string, file: string): unknown[] {
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

/** The rows as records of text, under the names of the header. Throws a UserError for every row of another length. */
export function readCsv(content: string, file: string, delimiter?: string): unknown[] {
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
