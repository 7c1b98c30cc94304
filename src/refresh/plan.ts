import { readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Ask } from '../answers/ask.ts';
import { nearest } from '../base/names.ts';
import { UserError } from '../base/problems.ts';
import { readText } from '../base/read-text.ts';
import type { Change } from '../changes/change.ts';
import { fingerprintOf } from '../changes/fingerprint.ts';
import { MANIFEST_FILE } from '../changes/manifest-file.ts';
import { renderJson } from '../changes/render.ts';
import { refuseUnfinished } from '../changes/writing/journal.ts';
import { writtenFile } from '../changes/written-file.ts';
import { readConnector, requireSchemasFolder } from '../connector/existing.ts';
import { type FileEntries, type Manifest, manifestText, readManifest } from '../connector/manifest.ts';
import { optionValue } from '../options/given-options.ts';
import { own } from '../schema/infer/untyped.ts';
import { type MergedSchema, mergeSchema } from '../schema/merge/merge-schema.ts';
import { gatherSchema, type KnownStreams, type SchemaInput } from './gather.ts';
import { savedAnswers } from './save.ts';
import { readSource } from './source.ts';
import type { SourceEvidence } from './source-evidence.ts';
import { textNote } from './text-note.ts';

/** A schema that is ready to be written. */
export interface SchemaRun {
  readonly stream: string;
  readonly evidence: SourceEvidence;
  readonly merged: MergedSchema;
  /** Columns whose values are to become JSON text. */
  readonly textColumns: readonly string[];
  /** What is left to do for these. */
  readonly textNote: string | undefined;
  /** The schema, what is recorded of it, and the answers that are saved. */
  readonly changes: readonly [Change, ...Change[]];
}

const EMPTY = renderJson({ type: 'object', properties: {} });

/** Reads what the answers name. Throws a UserError for what can't be understood. */
export type ReadSource = typeof readSource;

/** Gathers the answers, reads the source, and plans the files. Throws a UserError with all problems. */
export async function planSchema(
  input: SchemaInput,
  ask: Ask | undefined,
  read: ReadSource = readSource,
): Promise<SchemaRun> {
  const schemas = requireSchemasFolder(input.options.connector, input.cwd);
  refuseUnfinished(dirname(schemas));
  const { answers, folder } = await gatherSchema(input, ask, knownStreams(schemas));
  requireStream(dirname(schemas), answers.stream);
  const path = join(schemas, `${answers.stream}.json`);
  const before = readText(path);
  const connector = dirname(schemas);
  const existing = readConnector(connector);
  const file = join(connector, MANIFEST_FILE);
  const text = readText(file);
  const manifest = readManifest(text, file);
  const evidence = await read(answers, { folder, connector, path, headers: optionValue(input.flags, 'header') });
  const isAnew = before === undefined || optionValue(input.flags, 'replace') === true;
  const merged = isAnew
    ? mergeSchema(EMPTY, path, evidence)
    : mergeSchema(before, path, evidence, own(manifest.schemas, answers.stream));
  const change = { path, before, content: merged.text, ask: isAnew && before !== undefined && before !== merged.text };
  const content = manifestText(text, file, {
    ...manifest,
    schemas: { ...manifest.schemas, [answers.stream]: merged.written },
    files: filesWith(manifest, `schemas/${answers.stream}.json`, before, merged.text),
  });
  const { added, textColumns: changed } = merged;
  const textColumns = [...evidence.textColumns.filter(name => added.includes(name)), ...changed];
  return {
    stream: answers.stream,
    evidence,
    merged,
    textColumns,
    textNote: evidence.values === 'text' ? undefined : textNote(existing, answers.stream, textColumns),
    changes: [
      change,
      { path: file, before: text, content, ask: false },
      ...savedAnswers(answers, folder, input.options.saveAnswers && resolve(input.cwd, input.options.saveAnswers)),
    ],
  };
}

/** What is recorded of the files of a connector of ours: the schema as it is written now, unless the user has changed it. */
function filesWith(
  { files }: Manifest,
  name: string,
  before: string | undefined,
  text: string,
): FileEntries | undefined {
  if (!files) return undefined;
  const old = files[name];
  const isModified = before !== undefined && old !== undefined && !writtenFile(old).isUnmodified(before);
  return isModified ? files : { ...files, [name]: fingerprintOf(text) };
}

function knownStreams(schemas: string): KnownStreams {
  const ours = readConnector(dirname(schemas))?.answers.streams;
  if (ours) return { names: ours.map(({ name }) => String(name)), areAll: true };
  const files = readdirSync(schemas).filter(name => name.endsWith('.json'));
  return { names: files.map(name => basename(name, '.json')), areAll: false };
}

/** A connector of ours knows its streams, and Mage's discovery fails on a schema without one. */
function requireStream(connector: string, stream: string): void {
  const existing = readConnector(connector);
  if (!existing) return;
  const names = (existing.answers.streams ?? []).map(({ name }) => String(name));
  if (names.includes(stream)) return;
  const meant = nearest(stream, names);
  const hint = meant ? `did you mean ${meant}?` : `add it with mage-connector stream ${stream}`;
  throw new UserError({ where: 'stream', message: `the connector has no stream ${stream}`, hint });
}
