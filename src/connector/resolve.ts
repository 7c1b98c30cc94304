import { basename, relative } from 'node:path';
import { omit } from 'lodash-es';
import type { ConfigKeyAnswer, LayoutAnswer } from '../answers/connector.ts';
import type { RawAnswers } from '../answers/raw-answers.ts';
import type { DeclaredStreamAnswers } from '../answers/stream.ts';
import { type AnswerPath, formatPath, type Validated, validate } from '../answers/validate.ts';
import { type ConnectorNames, connectorNames, hasAsciiWords, uuidFault } from '../base/names.ts';
import { type Problem, UserError } from '../base/problems.ts';
import { findLayout } from '../mage/find.ts';
import type { Layout } from '../mage/layout.ts';
import type { ConnectorBase, Kind } from './kind.ts';
import type { ConfigKey, ConnectorModel } from './model.ts';
import { resolveStreams, type StreamContext } from './resolve-streams.ts';

export interface ResolveContext extends StreamContext {
  /** Where the layout is looked for from. */
  readonly cwd: string;
}

/** The answers that all kinds have, after validation. */
export interface ConnectorAnswers {
  readonly name: string;
  readonly uuid?: string;
  readonly layout?: LayoutAnswer;
  readonly description?: string;
  readonly documentation_url?: string;
  readonly config?: readonly ConfigKeyAnswer[];
  readonly streams?: readonly DeclaredStreamAnswers[];
}

export interface Resolved<Model> {
  readonly model: Model;
  /** What was decided where the answers left a choice. */
  readonly notes: readonly string[];
  /** The answers in their normal form, to be recorded: no schemas, and nothing left to derive anew. */
  readonly record: RawAnswers;
}

/** Turns answers into the model of a connector, or throws a UserError with every problem at once. */
export function resolveConnector<Answers extends ConnectorAnswers, Model extends ConnectorModel>(
  kind: Kind<Answers, Model>,
  raw: RawAnswers,
  context: ResolveContext,
): Resolved<Model> {
  const answers: Validated<Answers> = validate(kind.definition, raw);
  const problems: Problem[] = [...answers.problems];
  const report = (path: AnswerPath, message: string, hint?: string) =>
    problems.push({ where: formatPath(path), path, message, hint });
  const sound = (...path: AnswerPath) => !answers.faulty(path);
  const output = answers.output;

  const names = sound('name') && sound('uuid') ? resolveNames(output, report) : undefined;
  const layout = sound('layout') ? resolveLayout(output.layout ?? 'auto', context, report) : undefined;
  const streams =
    kind.resolveStreams?.(answers, context.folder, report) ?? resolveStreams(kind, answers, context, report);
  const soundElsewhere = !problemsOutsideStreams(answers);
  // Only what is sound reaches the kind, so that it may trust the types of all that it sees.
  const usable = { ...output, streams: streams.answers };
  const config = soundElsewhere ? resolveConfig(kind, usable, report) : [];
  if (!names || !layout || !soundElsewhere) throw new UserError(problems);

  const base = { ...connectorBase(kind, output, names, layout, context), config };
  const model = kind.resolve(usable, base, streams.models, report);
  if (problems.length > 0) throw new UserError(problems);
  return { model, notes: streams.notes, record: recordOf(kind, usable, model) };
}

function problemsOutsideStreams({ problems }: Validated<unknown>): boolean {
  return problems.some(({ path }) => path?.[0] !== 'streams');
}

function resolveNames(
  { name, uuid }: ConnectorAnswers,
  report: (path: AnswerPath, message: string, hint?: string) => void,
): ConnectorNames | undefined {
  if (!uuid && !hasAsciiWords(name)) {
    report(['name'], 'has no Latin letters or digits to make a folder of', 'give a uuid as well, such as acme_crm');
    return undefined;
  }
  const names = connectorNames(name, uuid);
  const fault = uuidFault(names.uuid);
  if (fault) report(['uuid'], `${names.uuid}, which follows from the name, ${fault}`, 'give a uuid of your own');
  return names;
}

function resolveLayout(
  wanted: LayoutAnswer,
  { cwd, existing }: ResolveContext,
  report: (path: AnswerPath, message: string, hint?: string) => void,
): Layout | undefined {
  try {
    return findLayout(existing?.folder ?? cwd, wanted);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    for (const { message, hint } of error.problems) report(['layout'], message, hint);
    return undefined;
  }
}

function resolveConfig<Answers extends ConnectorAnswers, Model extends ConnectorModel>(
  kind: Kind<Answers, Model>,
  answers: Answers,
  report: (path: AnswerPath, message: string, hint?: string) => void,
): ConfigKey[] {
  const keys = new Map(kind.config(answers).map(key => [key.name, key]));
  const own = answers.config ?? [];
  own.forEach((key, index) => {
    const twin = keys.get(key.name);
    const again = own.findIndex(({ name }) => name === key.name) !== index;
    // A placeholder makes a key of its own accord; the answers may then say more about it.
    if (again || (twin && !twin.derived))
      report(['config', index, 'name'], `there is a configuration key ${key.name} already`);
    if (key.secret && key.default !== undefined) {
      report(['config', index, 'default'], 'would put a secret into the code', 'leave it out: a secret is configured');
    }
    keys.set(key.name, {
      name: key.name,
      description: key.description ?? '',
      required: key.default === undefined,
      default: key.default,
      secret: key.secret ?? false,
    });
  });
  return [...keys.values()].map(({ derived, ...key }: ConfigKey & { derived?: boolean }) => key);
}

function connectorBase(
  kind: { name: ConnectorModel['kind'] },
  answers: ConnectorAnswers,
  names: ConnectorNames,
  layout: Layout,
  { existing }: ResolveContext,
): ConnectorBase {
  const folder = existing
    ? relative(layout.root, existing.folder).replaceAll('\\', '/')
    : [layout.sources, names.uuid].filter(part => part !== '.').join('/');
  const uuid = existing ? basename(existing.folder) : names.uuid;
  return {
    ...names,
    uuid,
    kind: kind.name,
    description: answers.description ?? `Data from ${names.name}.`,
    documentationUrl: answers.documentation_url,
    layout,
    folder,
    importRoot: `${layout.importRoot}.${uuid}`,
  };
}

function recordOf(kind: { name: string }, answers: ConnectorAnswers, model: ConnectorModel): RawAnswers {
  const { streams, ...rest } = answers;
  const resolved = { kind: kind.name, name: answers.name, uuid: model.uuid, layout: model.layout.kind };
  return {
    // Twice: once for the order of the keys, once for the values.
    ...resolved,
    ...rest,
    ...resolved,
    ...(streams?.length && { streams: streams.map(stream => omit(stream, 'schema')) }),
  };
}
