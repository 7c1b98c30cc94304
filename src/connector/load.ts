import type { LayoutAnswer } from '../answers/connector.ts';
import type { RawAnswers } from '../answers/raw-answers.ts';
import type { DeclaredStreamAnswers } from '../answers/stream.ts';
import { type AnswerPath, formatPath, type Validated, validate } from '../answers/validate.ts';
import { type Problem, UserError } from '../base/problems.ts';
import { findLayout } from '../mage/find.ts';
import type { Layout } from '../mage/layout.ts';
import type { ExistingConnector } from './existing.ts';
import type { AnyKind, Report, StreamKind, StreamSource } from './kind.ts';

/** A sound stream with what its answers name. */
export interface LoadedStream {
  /** Its position in the answers. */
  readonly index: number;
  readonly answer: DeclaredStreamAnswers;
  /** As the kind's `loadStream` gave it. */
  readonly content: unknown;
}

/** All that a connector is resolved from: nothing has to be read any more. */
export interface LoadedConnector {
  readonly answers: Validated<unknown>;
  /** Undefined where none was found, which is among the problems. */
  readonly layout: Layout | undefined;
  readonly streams: readonly LoadedStream[];
  readonly existing: ExistingConnector | undefined;
  /** What can't be read or found. */
  readonly problems: readonly Problem[];
}

/** Where a connector's answers come from. */
export interface AnswersPlace {
  /** Where the layout is looked for from. */
  readonly cwd: string;
  /** The folder that file names in the answers are relative to. */
  readonly folder: string;
  readonly existing: ExistingConnector | undefined;
}

/** Checks the answers of a connector in themselves, and reads all that they name, each once. */
export function loadConnector(
  kind: AnyKind,
  raw: RawAnswers,
  { cwd, folder, existing }: AnswersPlace,
): LoadedConnector {
  const answers: Validated<{ readonly layout?: LayoutAnswer; readonly streams?: unknown }> = validate(
    kind.definition,
    raw,
  );
  const problems: Problem[] = [];
  const report: Report = (path, message, hint) => problems.push(problemAt(path, message, hint));
  const layout = answers.faulty(['layout'])
    ? undefined
    : findOrReport(existing?.folder ?? cwd, answers.output.layout ?? 'auto', report);
  const streams = loadStreams(kind, { folder, existing, answers }, report);
  return { answers, layout, streams, existing, problems };
}

/** Reads what the streams name that are sound in themselves. */
export function loadStreams<Answers extends { readonly streams?: unknown }>(
  kind: Pick<StreamKind<Answers, unknown>, 'loadStream'>,
  source: StreamSource<Answers>,
  report: Report,
): LoadedStream[] {
  return streamsOf(source.answers).flatMap((answer, index) => {
    if (source.answers.faulty(['streams', index])) return [];
    const content = kind.loadStream(answer, source, (key, message, hint) =>
      report(['streams', index, key], message, hint),
    );
    return content === undefined ? [] : [{ index, answer, content }];
  });
}

/** The streams among answers that may have problems. */
export function streamsOf({ output }: Validated<{ readonly streams?: unknown }>): readonly DeclaredStreamAnswers[] {
  return Array.isArray(output?.streams) ? output.streams : [];
}

/** A problem with the answer at a path. */
export function problemAt(path: AnswerPath, message: string, hint: string | undefined): Problem {
  return { where: formatPath(path), path, message, hint };
}

function findOrReport(from: string, wanted: LayoutAnswer, report: Report): Layout | undefined {
  try {
    return findLayout(from, wanted);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    for (const { message, hint } of error.problems) report(['layout'], message, hint);
    return undefined;
  }
}
