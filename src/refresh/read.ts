import { isFault, parsePath, type Step } from '../base/paths.ts';
import { UserError } from '../base/problems.ts';
import { SchemaInference } from '../schema/infer/inference.ts';
import { detectFormat } from '../schema/read/sample-formats.ts';
import { textChunks } from '../schema/read/text-chunks.ts';
import { readDocument } from './document.ts';
import { refuseForeign } from './foreign.ts';
import type { Input } from './input.ts';
import { peek, whole } from './peek.ts';
import { withProgress } from './progress.ts';
import { addCsv, addJsonLines } from './records.ts';
import { concluded, type ReadOptions, type SourceEvidence } from './source-evidence.ts';

/**
 * Reads an input to its end: JSON Lines and CSV in bounded memory, a JSON document, JSON Schema or Parquet.
 * Throws a UserError for what can't be understood, and where there is no record.
 */
export async function readEvidence(input: Input, options: ReadOptions): Promise<SourceEvidence> {
  const { name } = input;
  const { start, chunks, close } = await peek(withProgress(input.chunks, name, input.size));
  try {
    if (start.subarray(0, 4).toString('latin1') === 'PAR1') {
      const { readParquet } = await import('./parquet.ts');
      return await readParquet(input.path ?? (await whole(chunks, name, SAVE_IT)), name, options);
    }
    if (/\.parquet$/i.test(name))
      throw new UserError({
        where: name,
        message: 'is no Parquet file',
        hint: 'name it by what it is: .csv, .json, .jsonl',
      });
    refuseForeign(start, name);
    return await readText(start.toString('utf8'), textChunks(chunks, name), name, options);
  } finally {
    await close();
  }
}

const SAVE_IT = 'save it to a file, of which only what is needed is read';

/** How to make JSON Lines of a document. */
function cutUp(recordsPath: string | undefined): string {
  const steps = parsePath(recordsPath ?? '');
  const path = isFault(steps) ? '' : steps.map(jqStep).join('');
  return `make JSON Lines of it, for instance with jq -c '${path || '.'}[]'`;
}

/** A step as jq writes it; an item by a field is left to the reader. */
function jqStep(step: Step): string {
  if ('key' in step) return `.${JSON.stringify(step.key)}`;
  return 'index' in step ? `[${step.index}]` : '[]';
}

async function readText(
  start: string,
  text: AsyncIterable<string>,
  name: string,
  options: ReadOptions,
): Promise<SourceEvidence> {
  const format = detectFormat(start, name);
  if (format === 'json') return readDocument(await whole(text, name, cutUp(options.recordsPath)), name, options);
  if (options.recordsPath) {
    const hint = 'each line is a record there: leave the path out';
    throw new UserError({ where: name, message: `a records path has no meaning in ${format}`, hint });
  }
  const values = format === 'csv' ? 'text' : 'typed';
  const inference = new SchemaInference({ stream: options.stream, values });
  if (format === 'csv') await addCsv(inference, text, name, delimiterOf(start, name));
  else await addJsonLines(inference, text, name);
  return concluded(inference, values, name);
}

/** The one of the usual delimiters that is most frequent in the header. */
function delimiterOf(start: string, name: string): string {
  if (/\.tsv$/i.test(name)) return '\t';
  const header = /^\ufeff?([^\r\n]*)/.exec(start)?.[1] ?? '';
  const counts = [',', ';', '\t', '|'].map(char => ({ char, count: header.split(char).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).char;
}
