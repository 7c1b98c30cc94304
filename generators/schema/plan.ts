import { join } from 'node:path';
import { readAnswers } from '../common/answers/document.ts';
import { validate } from '../common/answers/validate.ts';
import type { Ask } from '../common/ask.ts';
import { requireSchemasFolder } from '../common/existing.ts';
import { isMapping } from '../common/gather.ts';
import { optionValue } from '../common/given-options.ts';
import type { RawAnswers } from '../common/kind.ts';
import type { GivenOptions } from '../common/options.ts';
import type { Change } from '../common/plan.ts';
import { UserError } from '../common/problems.ts';
import { renderJson } from '../common/render.ts';
import { readText } from '../common/run.ts';
import { type LoadedSchema, loadSchema } from '../common/stream-schema.ts';
import { type SchemaAnswers, schemaAnswers } from './answers.ts';

export interface SchemaInput {
  readonly options: GivenOptions;
  readonly flags: Readonly<Record<string, unknown>>;
  readonly cwd: string;
}

/** A schema that is ready to be written. */
export interface SchemaRun {
  readonly stream: string;
  readonly schema: LoadedSchema;
  readonly change: Change;
}

/** Gathers the answers, reads the sample and plans the one file. Throws a UserError with all problems. */
export async function planSchema(input: SchemaInput, ask: Ask | undefined): Promise<SchemaRun> {
  const folder = requireSchemasFolder(input.options.connector, input.cwd);
  const document = input.options.answers === undefined ? undefined : readAnswers(input.options.answers, input.cwd);
  const raw = document
    ? { ...(isMapping(document.value) ? document.value : {}) }
    : await askMissing(fromFlags(input.flags), ask);
  const { output, problems } = validate(schemaAnswers, raw);
  if (problems.length > 0) {
    const hint = document || ask ? undefined : 'name the stream, and its sample with --from FILE';
    throw new UserError(
      problems.map(problem => ({
        ...problem,
        where: document ? `${document.file}, ${problem.where}` : problem.where,
        line: document?.lineOf(problem.path ?? []),
        hint,
      })),
    );
  }
  const { stream, sample, records_path } = output as SchemaAnswers;
  const schema = loadSchema({ sample }, { stream, recordsPath: records_path, folder: document?.folder ?? input.cwd });
  const path = join(folder, `${stream}.json`);
  const before = readText(path);
  const content = renderJson(schema.schema);
  return { stream, schema, change: { path, before, content, ask: before !== undefined && before !== content } };
}

function fromFlags(flags: Readonly<Record<string, unknown>>): RawAnswers {
  const answers = {
    stream: flags.name,
    sample: optionValue(flags, 'from'),
    records_path: optionValue(flags, 'records-path'),
  };
  return Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== undefined));
}

async function askMissing(given: RawAnswers, ask: Ask | undefined): Promise<RawAnswers> {
  if (!ask) return given;
  const stream =
    given.stream ??
    (await ask.text('stream', { message: "Which stream's schema is it", check: schemaAnswers.entries.stream }));
  const sample =
    given.sample ??
    (await ask.text('sample', {
      message: 'Which file has sample records',
      help: 'a saved response: JSON, JSON Lines or CSV',
      check: schemaAnswers.entries.sample,
    }));
  return { ...given, stream, sample };
}
