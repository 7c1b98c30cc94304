import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import * as v from 'valibot';
import type { Ask } from '../answers/ask.ts';
import { type AnswersDocument, readAnswers } from '../answers/document.ts';
import type { RawAnswers } from '../answers/raw-answers.ts';
import { validate } from '../answers/validate.ts';
import { isMapping } from '../base/mapping.ts';
import { type Problem, UserError } from '../base/problems.ts';
import { type GivenOptions, optionValue } from '../options/given-options.ts';
import { type SchemaAnswers, schemaAnswers } from './answers.ts';

export interface SchemaInput {
  readonly options: GivenOptions;
  readonly flags: Readonly<Record<string, unknown>>;
  readonly cwd: string;
}

/** The streams that a connector has. */
export interface KnownStreams {
  readonly names: readonly string[];
  /** True where there can be no other. */
  readonly areAll: boolean;
}

/** Sound answers, and the folder that file names in them are relative to. */
export interface GatheredSchema {
  readonly answers: SchemaAnswers;
  readonly folder: string;
}

/** Takes the answers from the file or the flags, and asks for what is missing. Throws a UserError with every problem. */
export async function gatherSchema(
  { options, flags, cwd }: SchemaInput,
  ask: Ask | undefined,
  streams: KnownStreams,
): Promise<GatheredSchema> {
  const given = fromFlags(flags);
  if (options.answers === undefined) {
    const raw = ask ? await askMissing(given, ask, streams, cwd) : given;
    return { answers: checked(raw, ask ? undefined : 'name the stream, and its sample with --from FILE'), folder: cwd };
  }
  const document = readAnswers(options.answers, cwd);
  const twice = Object.keys(given).map(name => ({
    where: flagOf(name),
    message: `is for runs without --answers: write ${name} into ${document.file}`,
  }));
  if (twice.length > 0) throw new UserError(twice);
  return {
    answers: checked(isMapping(document.value) ? document.value : {}, undefined, document),
    folder: document.folder,
  };
}

const FLAGS: Readonly<Record<string, string>> = {
  stream: 'name',
  sample: 'from',
  records_path: 'records-path',
  run: 'run',
  config: 'config',
};

function flagOf(answer: string): string {
  return answer === 'stream' ? "the stream's name" : `--${FLAGS[answer]}`;
}

function fromFlags(flags: SchemaInput['flags']): RawAnswers {
  const answers = Object.entries(FLAGS).map(([answer, flag]) => [answer, optionValue(flags, flag)]);
  return Object.fromEntries(answers.filter(([, value]) => value !== undefined && value !== false));
}

function checked(raw: RawAnswers, hint?: string, document?: AnswersDocument): SchemaAnswers {
  const { output, problems } = validate(schemaAnswers, raw);
  const all = [...problems, ...contradictions(raw)];
  if (all.length === 0) return output as SchemaAnswers;
  throw new UserError(
    all.map(problem => ({
      ...problem,
      where: document ? `${document.file}, ${problem.where}` : problem.where,
      line: document?.lineOf(problem.path ?? []),
      hint: problem.hint ?? (problem.message === 'is missing' ? hint : undefined),
    })),
  );
}

function contradictions({ sample, run, config, records_path }: RawAnswers): Problem[] {
  const problem = (key: string, message: string) => ({ where: key, path: [key], message });
  const isRun = run === true;
  return [
    ...(sample === undefined && !isRun ? [problem('sample', 'is missing')] : []),
    ...(sample !== undefined && isRun
      ? [problem('run', 'takes the sample from the connector, so that no other is read')]
      : []),
    ...(config !== undefined && !isRun
      ? [problem('config', 'is for a run of the connector, which is not asked for')]
      : []),
    ...(records_path !== undefined && isRun
      ? [problem('records_path', 'has no meaning in a run of the connector')]
      : []),
  ];
}

async function askMissing(given: RawAnswers, ask: Ask, streams: KnownStreams, cwd: string): Promise<RawAnswers> {
  const stream = given.stream ?? (await askStream(ask, streams));
  if (given.run === true) return { ...given, stream };
  const sample =
    given.sample ??
    (await ask.text('sample', {
      message: 'Where are sample records',
      help: 'a file or an address: JSON, JSON Lines, CSV, Parquet, or a JSON Schema',
      check: v.pipe(
        v.string(),
        v.check(
          source => /^https?:\/\//i.test(source) || existsSync(resolve(cwd, source)),
          'names no file that exists',
        ),
      ),
    }));
  return { ...given, stream, sample };
}

/** Asks for the stream: a connector of ours knows its own, and begins others. */
export async function askStream(ask: Ask, { names, areAll }: KnownStreams): Promise<string | undefined> {
  const message = "Which stream's schema is it";
  if (areAll && names.length > 0) {
    const another = { value: '', name: 'That of another stream, which is begun' };
    const choices = [...names.map(name => ({ value: name, name })), another];
    const name = await ask.choice('stream', { message, choices });
    return name || ask.text('new_stream', { message: 'What is it called', check: schemaAnswers.entries.stream });
  }
  const help =
    names.length > 0 ? `there are ${names.slice(0, 8).join(', ')}${names.length > 8 ? ' …' : ''}` : undefined;
  return ask.text('stream', { message, help, check: schemaAnswers.entries.stream });
}
