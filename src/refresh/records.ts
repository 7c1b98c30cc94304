import { type Problem, UserError } from '../base/problems.ts';
import type { SchemaInference } from '../schema/infer/inference.ts';
import { CsvParser, type CsvRow } from '../schema/read/csv.ts';
import { parseJsonLine } from '../schema/read/json-lines.ts';
import { lineChunks } from '../schema/read/text-chunks.ts';

/** More errors than these say nothing new. */
const MAX_PROBLEMS = 10;

/** Collects the problems of a source, line by line, until there are enough. */
class Faults {
  readonly problems: Problem[] = [];
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** Runs what may throw a UserError for a line. */
  at(line: number, run: () => void): void {
    try {
      run();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      this.problems.push(...error.problems.map(problem => ({ where: this.#file, line, ...problem })));
      if (this.problems.length >= MAX_PROBLEMS) this.end();
    }
  }

  end(): void {
    if (this.problems.length > 0) throw new UserError(this.problems);
  }
}

/** Adds the records of JSON Lines. Throws a UserError with the lines that are none. */
export async function addJsonLines(
  inference: SchemaInference,
  text: AsyncIterable<string>,
  file: string,
): Promise<void> {
  const faults = new Faults(file);
  let number = 0;
  for await (const lines of lineChunks(text, file)) {
    for (const line of lines) {
      number++;
      if (line.trim()) faults.at(number, () => inference.add(parseJsonLine(line, file, number)));
    }
  }
  faults.end();
}

/** Adds the rows of CSV as records of text, under the names of the header. Throws a UserError with the rows that don't fit it. */
export async function addCsv(
  inference: SchemaInference,
  text: AsyncIterable<string>,
  file: string,
  delimiter: string,
): Promise<void> {
  const parser = new CsvParser(file, delimiter);
  const faults = new Faults(file);
  let header: readonly string[] | undefined;
  const addAll = (rows: Iterable<CsvRow>) => {
    for (const row of rows) {
      if (header) faults.at(row.line, () => inference.add(recordOf(header as readonly string[], row)));
      else header = headerOf(row, file);
    }
  };
  for await (const chunk of text) addAll(parser.read(chunk));
  addAll(parser.end());
  faults.end();
}

function headerOf({ fields, line }: CsvRow, file: string): readonly string[] {
  const twice = fields.filter((name, index) => fields.indexOf(name) < index);
  if (twice.length === 0) return fields;
  throw new UserError(
    [...new Set(twice)].map(name => ({
      where: file,
      line,
      message: `the header names the column ${JSON.stringify(name)} twice`,
    })),
  );
}

function recordOf(header: readonly string[], { fields }: CsvRow): object {
  if (fields.length !== header.length)
    throw new UserError({ message: `the row has ${fields.length} fields, but the header ${header.length}` });
  return Object.fromEntries(header.map((name, index) => [name, fields[index]]));
}
