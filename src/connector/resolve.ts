import { basename, relative } from 'node:path';
import { omit } from 'lodash-es';
import type { ConfigKeyAnswer, LayoutAnswer } from '../answers/connector.ts';
import type { RawAnswers } from '../answers/raw-answers.ts';
import type { DeclaredStreamAnswers } from '../answers/stream.ts';
import type { Validated } from '../answers/validate.ts';
import { type ConnectorNames, connectorNames, hasAsciiWords, uuidFault } from '../base/names.ts';
import { type Problem, UserError } from '../base/problems.ts';
import type { Layout } from '../mage/layout.ts';
import type { ExistingConnector } from './existing.ts';
import type { AnyKind, ConnectorBase, Report } from './kind.ts';
import { type LoadedConnector, problemAt, streamsOf } from './load.ts';
import { folderOf } from './locate.ts';
import type { ConfigKey, ConnectorModel } from './model.ts';
import { reportClashes, resolveStreams } from './resolve-streams.ts';

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

/** Turns answers and what they name into the model of a connector, or throws a UserError with every problem at once. */
export function resolveConnector(kind: AnyKind, loaded: LoadedConnector): Resolved<ConnectorModel> {
  const { layout, existing } = loaded;
  const answers = loaded.answers as Validated<ConnectorAnswers>;
  const problems: Problem[] = [...answers.problems, ...loaded.problems];
  const report: Report = (path, message, hint) => problems.push(problemAt(path, message, hint));
  const { output } = answers;
  const hasNames = !answers.faulty(['name']) && !answers.faulty(['uuid']);
  const names = hasNames ? resolveNames(kind, output, report) : undefined;
  const streams = resolveStreams(kind, loaded.streams, report);
  reportClashes(streamsOf(answers), answers, report);
  const soundElsewhere = !problemsOutsideStreams(answers);
  // Only what is sound reaches the kind, so that it may trust the types of all that it sees.
  const usable = { ...output, streams: streams.map(({ answer }) => answer) };
  const config = soundElsewhere ? resolveConfig(kind, usable, report) : [];
  if (!names || !layout || !soundElsewhere) throw new UserError(problems);

  const base = { ...connectorBase(kind, output, names, layout, existing), config };
  const models = streams.map(({ model }) => model);
  const model: ConnectorModel = kind.resolve(usable, base, models, report);
  if (problems.length > 0) throw new UserError(problems);
  return { model, notes: streams.flatMap(({ notes }) => notes), record: recordOf(kind, usable, model) };
}

function problemsOutsideStreams({ problems }: Validated<unknown>): boolean {
  return problems.some(({ path }) => path?.[0] !== 'streams');
}

function resolveNames(kind: AnyKind, { name, uuid }: ConnectorAnswers, report: Report): ConnectorNames | undefined {
  if (!uuid && !hasAsciiWords(name)) {
    report(['name'], 'has no Latin letters or digits to make a folder of', 'give a uuid as well, such as acme_crm');
    return undefined;
  }
  const names = connectorNames(name, uuid, kind.isTaken);
  const fault = uuidFault(names.uuid);
  if (fault) report(['uuid'], `${names.uuid}, which follows from the name, ${fault}`, 'give a uuid of your own');
  return names;
}

function resolveConfig(kind: AnyKind, answers: ConnectorAnswers, report: Report): ConfigKey[] {
  const ofKind: readonly ConfigKey[] = kind.config(answers);
  const keys = new Map(ofKind.map(key => [key.name, key]));
  const own = answers.config ?? [];
  own.forEach((key, index) => {
    const same = keys.get(key.name);
    const again = own.findIndex(({ name }) => name === key.name) !== index;
    // A placeholder makes a key of its own accord; the answers may then say more about it.
    if (again || (same && !same.derived))
      report(['config', index, 'name'], `there is a configuration key ${key.name} already`);
    if ((key.secret ?? same?.secret) && key.default !== undefined) {
      report(['config', index, 'default'], 'would put a secret into the code', 'leave it out: a secret is configured');
    }
    keys.set(key.name, ownKey(key, same));
  });
  return [...keys.values()].map(({ derived, ...key }: ConfigKey & { derived?: boolean }) => key);
}

/** A key of the answers; `same` is the one that follows from a placeholder. */
function ownKey(
  { name, description = '', secret, values, type, ...key }: ConfigKeyAnswer,
  same?: ConfigKey,
): ConfigKey {
  // Mage gives a value that is false as nothing.
  const standard = type === 'boolean' ? (key.default ?? false) : key.default;
  const choices = values && Object.keys(values);
  return {
    name,
    description: [description, choices && `one of ${choices.join(', ')}`].filter(Boolean).join('; '),
    required: standard === undefined && (same?.required ?? true),
    default: standard,
    secret: secret ?? same?.secret ?? false,
    ...(choices && { choices }),
  };
}

function connectorBase(
  kind: { readonly name: string },
  answers: ConnectorAnswers,
  names: ConnectorNames,
  layout: Layout,
  existing: ExistingConnector | undefined,
): Omit<ConnectorBase, 'config'> {
  const folder = existing ? relative(layout.root, existing.folder).replaceAll('\\', '/') : folderOf(layout, names.uuid);
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
