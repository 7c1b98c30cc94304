import * as v from 'valibot';
import type { Ask } from '../answers/ask.ts';
import { askStreamName } from '../answers/connector-questions.ts';
import type { AnswersDocument } from '../answers/document.ts';
import { fields, list } from '../answers/fields.ts';
import type { RawAnswers } from '../answers/raw-answers.ts';
import { validate } from '../answers/validate.ts';
import { compact } from '../base/mapping.ts';
import { pathOf, stepNames } from '../base/paths.ts';
import { type Problem, UserError } from '../base/problems.ts';
import type { Report } from '../connector/kind.ts';
import { loadStreams, problemAt, streamsOf } from '../connector/load.ts';
import { reportClashes, resolveStreams } from '../connector/resolve-streams.ts';
import { schemaStreams } from '../connector/schema-streams.ts';
import { askKeys, askReplicationKey, askSchema } from '../connector/stream-questions.ts';
import { STREAM_OPTIONS } from '../kinds/registry.ts';
import { answersOf, givenNames } from '../options/stream-options.ts';
import { type HandWrittenStream, handWrittenStream } from './answers.ts';
import type { NewStream } from './hand-written/conventions/roles.ts';

/** What a run on a hand-written connector was given. */
export interface StreamInput {
  readonly name: string | undefined;
  readonly flags: Readonly<Record<string, unknown>>;
  readonly cwd: string;
  readonly document: AnswersDocument | undefined;
  /** The names of the streams that are there. */
  readonly taken: readonly string[];
  /** The paths of the streams that are there, as their classes have them. */
  readonly paths: readonly string[];
  /** True where the connector's streams read their records by a key of the response. */
  readonly needsRecordsPath: boolean;
}

export interface GatheredStreams {
  readonly streams: readonly NewStream[];
  /** What was decided about the schemas. */
  readonly notes: readonly string[];
}

const definition = fields({
  kind: v.optional(v.string()),
  streams: v.pipe(
    list(handWrittenStream, 'The streams to add'),
    v.minLength(1, 'must have at least one stream to add: streams: [{name: deals, …}]'),
  ),
});

/** Gathers the streams to add from the answers file, the flags or questions. Throws a UserError with every problem. */
export async function gatherStreams(input: StreamInput, ask: Ask | undefined): Promise<GatheredStreams> {
  const { document, cwd } = input;
  const raw = document ? document.value : { streams: [await oneStream(input, ask)] };
  const answers = validate(definition, raw);
  const problems: Problem[] = [...answers.problems];
  const report: Report = (path, message, hint) => problems.push(problemAt(path, message, hint));
  const source = { folder: document?.folder ?? cwd, existing: undefined, answers };
  const streams = resolveStreams(handWrittenStreams, loadStreams(handWrittenStreams, source, report), report);
  reportClashes(streamsOf(answers), answers, report);
  if (problems.length > 0) throw new UserError(problems.map(problem => withLocation(problem, document, ask)));
  return {
    streams: streams.map(({ model }) => model as NewStream),
    notes: streams.flatMap(({ notes }) => notes),
  };
}

/** The streams of hand-written connectors: their code decides how samples are written. */
const handWrittenStreams = schemaStreams<v.InferOutput<typeof definition>>({
  samples: () => ({}),
  added: () => [],
  shape: (_, { records }) => records,
  name: answer => answer,
  complete: ({ path, records_path }: HandWrittenStream, stream): NewStream => ({
    ...stream,
    path,
    recordsPath: stepNames(pathOf(records_path ?? '')) ?? [],
  }),
});

function withLocation(problem: Problem, document: AnswersDocument | undefined, ask: Ask | undefined): Problem {
  const { where = '', path = [] } = problem;
  if (document) return { ...problem, where: `${document.file}, ${where}`, line: document.lineOf(path) };
  const hint = ask ? problem.hint : (problem.hint ?? 'give it by a flag, or the answers with --answers FILE');
  return { ...problem, where: where.replace('streams[0].', ''), hint };
}

/** One stream from the flags; with a terminal, what they don't say is asked. */
async function oneStream(input: StreamInput, ask: Ask | undefined): Promise<RawAnswers> {
  const { name, flags, cwd, taken } = input;
  const given = fromFlags(name, flags);
  if (!ask || validate(handWrittenStream, given).problems.length === 0) return given;
  const { name: stream } = await askStreamName(
    ask,
    given,
    'deals',
    taken.map(other => ({ name: other })),
  );
  const { path, records_path } = await askPlaces(ask, given, input);
  const known = await askSchema(ask, given.schema, {
    stream: String(stream),
    recordsPath: records_path as string,
    folder: cwd,
  });
  const key_properties = given.key_properties ?? (await askKeys(ask, known));
  const replication_key = given.replication_key ?? (await askReplicationKey(ask, known));
  return compact({ name: stream, path, records_path, key_properties, replication_key, schema: known.schema });
}

/** Asks where the stream is, and its records in a response. */
async function askPlaces(ask: Ask, given: RawAnswers, { paths, needsRecordsPath }: StreamInput): Promise<RawAnswers> {
  const path =
    given.path ??
    (await ask.text('path', {
      message: "What is the stream's path",
      help: `as the connector's other streams have theirs, such as ${paths[0] ?? '/deals'}`,
      check: handWrittenStream.entries.path,
    }));
  const records_path =
    given.records_path ??
    (await ask.text('records_path', {
      message: 'Where are the records in a response',
      help: needsRecordsPath ? 'its key in the response, such as data' : 'such as data.items; empty if it is the list',
      optional: !needsRecordsPath,
    }));
  return { path, records_path };
}

function fromFlags(name: string | undefined, flags: StreamInput['flags']): RawAnswers {
  const misplaced = givenNames(STREAM_OPTIONS, flags).filter(option => STREAM_OPTIONS[option]?.onlyOurs);
  if (misplaced.length > 0)
    throw new UserError(
      misplaced.map(option => ({
        where: `--${option}`,
        message: `has no place in a hand-written connector: ${STREAM_OPTIONS[option]?.onlyOurs}`,
        hint: 'leave it out',
      })),
    );
  return compact({ name, ...answersOf(STREAM_OPTIONS, flags) });
}
