import { join } from 'node:path';
import type { Ask } from '../answers/ask.ts';
import type { AnswersDocument } from '../answers/document.ts';
import { UserError } from '../base/problems.ts';
import { readText } from '../base/read-text.ts';
import type { Change } from '../changes/change.ts';
import { journaled } from '../changes/writing/journal.ts';
import { asWrites } from '../changes/writing/order.ts';
import { restOfRun } from '../changes/writing/rest.ts';
import type { Write } from '../changes/writing/write.ts';
import { streamNames } from '../connector/stream-names.ts';
import { type Analysis, analyze, analyzeFiles } from '../python/analysis/analysis.ts';
import { readString } from '../python/strings.ts';
import { addByHand } from './by-hand.ts';
import { gatherStreams } from './gather.ts';
import { type NewStream, roleOf } from './hand-written/conventions/roles.ts';
import { addStream } from './hand-written/writing/add.ts';
import { betweenTexts } from './hand-written/writing/between.ts';
import { type Blueprint, designStream } from './hand-written/writing/blueprint.ts';
import type { Obstacle } from './hand-written/writing/obstacle.ts';
import { removeStream } from './hand-written/writing/remove.ts';
import { renameStream } from './hand-written/writing/rename.ts';
import { inRenameOrder } from './hand-written/writing/rename-order.ts';
import { Texts } from './hand-written/writing/texts.ts';

/** A run on the streams of a connector that is ready to be written. */
export interface StreamRun {
  readonly folder: string;
  /** What becomes of each file. */
  readonly changes: readonly Change[];
  readonly writes: readonly Write[];
  readonly notes: readonly string[];
  /** What is left to do by hand. */
  readonly byHand: readonly string[];
}

/** What a run that adds streams was given. */
export interface AddInput {
  readonly folder: string;
  readonly name: string | undefined;
  readonly flags: Readonly<Record<string, unknown>>;
  readonly cwd: string;
  readonly document: AnswersDocument | undefined;
}

/** Reads a hand-written connector, gathers the streams and plans every file. Throws a UserError with every problem. */
export async function planStreams(input: AddInput, ask: Ask | undefined): Promise<StreamRun> {
  const found = analyze(input.folder);
  const taken = found.registry?.streams.map(({ name }) => name) ?? [];
  const { streams, notes } = await gatherStreams({ ...input, taken, ...questionsOf(found) }, ask);
  if (found.registry) requirePaths(streams);
  const texts = new Texts(input.folder);
  const added = streams.map(stream => addOne(texts, analyzeFiles(texts.asFiles(found.files)), stream));
  const changes = texts.changes();
  return {
    folder: input.folder,
    changes,
    writes: asWrites(changes),
    notes: [...notes, ...added.flatMap(one => one.notes)],
    byHand: added.flatMap(one => one.byHand),
  };
}

/** What the questions have to know of the connector: a stream without answers shows what is missing. */
function questionsOf({ files, registry }: Analysis): { paths: readonly string[]; needsRecordsPath: boolean } {
  if (!registry) return { paths: [], needsRecordsPath: false };
  const attributes = registry.streams.flatMap(({ definition }) => definition.attributes);
  const paths = attributes.flatMap(({ name, value }) => (roleOf(name) === 'path' ? (readString(value) ?? []) : []));
  const plan = designStream(files, registry, EMPTY_STREAM);
  return {
    paths: paths.filter(path => !path.includes('{')),
    needsRecordsPath: 'obstacle' in plan && plan.missing !== undefined,
  };
}

const EMPTY_STREAM: NewStream = {
  ...streamNames('new_stream'),
  path: '/',
  recordsPath: [],
  keyProperties: [],
  replicationMethod: 'FULL_TABLE',
  replicationKey: undefined,
  schema: { type: 'object', properties: {} },
  textColumns: [],
};

/** Where a stream's class is written for the user, it needs a path; a list of what to do by hand doesn't. */
function requirePaths(streams: readonly NewStream[]): void {
  const without = streams.filter(({ path }) => path === undefined);
  if (without.length === 0) return;
  throw new UserError(
    without.map(({ name }) => ({
      where: `path of ${name}`,
      message: 'is missing',
      hint: 'give it by --path or in the answers file',
    })),
  );
}

function addOne(texts: Texts, found: Analysis, stream: NewStream): Pick<StreamRun, 'notes' | 'byHand'> {
  const { registry } = found;
  const why = 'the streams are not in one registry of classes that the source reads';
  const plan: Blueprint | Obstacle = registry ? designStream(found.files, registry, stream) : { obstacle: why };
  if ('obstacle' in plan && plan.missing) throw new UserError(plan.missing);
  if (!registry || 'obstacle' in plan) {
    const obstacle = 'obstacle' in plan ? plan.obstacle : why;
    return { notes: [], byHand: addByHand(texts, found, stream, obstacle) };
  }
  addStream(texts, found, registry, stream, plan);
  return { notes: plan.notes.map(note => `${stream.name}: ${note}`), byHand: [] };
}

/** Plans what taking a stream out of a hand-written connector writes and removes. */
export function planRemoval(folder: string, name: string, force: boolean): StreamRun {
  const texts = new Texts(folder);
  const notes = removeStream(texts, analyze(folder), name, force);
  const changes = texts.changes();
  return { folder, changes, writes: asWrites(changes), notes, byHand: [] };
}

/** Plans what giving a stream of a hand-written connector another name writes and removes. */
export function planRename(folder: string, from: string, to: string): StreamRun {
  const started = completedRun(folder);
  if (started) return started;
  const texts = new Texts(folder);
  const renaming = renameStream(texts, analyze(folder), from, to);
  const { registry, schema, findsByClass } = renaming;
  const changes = texts.changes();
  const versions = (path: string) => ({
    before: readText(join(folder, path)) ?? '',
    after: texts.read(path) ?? '',
  });
  const between = [...betweenTexts(renaming, versions)].map(([path, text]) => [join(folder, path), text] as const);
  const writes = inRenameOrder(changes, {
    registry: { path: join(folder, registry.file), text: versions(registry.file).after },
    between: new Map(between),
    schema: schema && { from: join(folder, schema.from), to: join(folder, schema.to) },
    findsByClass,
  });
  return { folder, changes, writes: journaled(folder, renaming, writes), notes: [renamedNote(from, to)], byHand: [] };
}

/** What users of a renamed stream have to know. */
export function renamedNote(from: string, to: string): string {
  return `pipelines that have selected ${from} have to select ${to}, which is read from the beginning`;
}

/** The run that completes one that was ended in this connector, if there is one. */
export function completedRun(folder: string): StreamRun | undefined {
  const rest = restOfRun(folder);
  return rest && { folder, ...rest, notes: ['this completes a run that was ended before it was done'], byHand: [] };
}
