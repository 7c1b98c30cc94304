import { isEqual, sortBy } from 'lodash-es';
import type { RawAnswers } from '../answers/raw-answers.ts';
import { isMapping } from '../base/mapping.ts';
import { UserError } from '../base/problems.ts';
import { MANIFEST_KEY } from '../changes/manifest-file.ts';
import { editJson } from '../changes/merge/json.ts';
import { renderJson } from '../changes/render.ts';
import { own } from '../schema/infer/untyped.ts';
import { columnsIn, columnsText } from '../schema/write/columns-text.ts';
import type { WrittenColumns } from '../schema/write/written.ts';

/** The columns of each stream's schema as they were last written, by which hand-made changes are told. */
export type WrittenSchemas = Readonly<Record<string, WrittenColumns>>;

/** What is recorded of each file as it was last written, by its name: its fingerprint, or what older versions recorded. */
export type FileEntries = Readonly<Record<string, string>>;

/** What a connector's manifest says. */
export interface Manifest {
  /** The answers that made it, without the streams' schemas, which stand in schemas/; none beside a hand-written connector. */
  readonly answers: RawAnswers | undefined;
  readonly schemas: WrittenSchemas;
  /** Undefined where a version wrote it that recorded none, and beside a hand-written connector. */
  readonly files: FileEntries | undefined;
}

/** Reads the text of a manifest; an absent one says nothing. Throws a UserError if it can't be read. */
export function readManifest(text: string | undefined, file: string): Manifest {
  const { answers, schemas, files } = sectionOf(text, file);
  const written = Object.entries(isMapping(schemas) ? schemas : {}).map(([stream, columns]) => [
    stream,
    writtenColumns(columns, stream, file),
  ]);
  return {
    answers: isMapping(answers) ? answers : undefined,
    schemas: Object.fromEntries(written),
    files: isMapping(files) ? fileEntries(files, file) : undefined,
  };
}

/** The text of a manifest that says this; its other sections, and what is undefined here, stay as they are. */
export function manifestText(before: string | undefined, file: string, { answers, schemas, files }: Manifest): string {
  const section = sectionOf(before, file);
  const lines = Object.entries(schemas).map(([stream, columns]) => [stream, columnsText(columns)] as const);
  const values = {
    ...(answers && { answers }),
    ...(lines.length > 0 && { schemas: byName(lines) }),
    ...(files && { files: byName(Object.entries(files)) }),
  };
  if (before === undefined) return renderJson({ [MANIFEST_KEY]: values });
  return Object.entries(JSON.parse(JSON.stringify(values))).reduce((text, [key, value]) => {
    if (isEqual(own(section, key), value)) return text;
    return editJson(text, [MANIFEST_KEY, key], value);
  }, before);
}

/**
 * The text of a manifest, of files that were to be written and are left as they were: it says of them what it did, so that they
 * are offered again.
 */
export function withLeftEntries(
  before: string | undefined,
  content: string,
  isLeft: (name: string) => boolean,
): string {
  const [was, now] = [before, content].map(text => own(sectionOf(text, ''), 'files') ?? {}) as [
    FileEntries,
    FileEntries,
  ];
  const entries = Object.entries(now).flatMap(([name, entry]) => {
    const recorded = isLeft(name) ? own(was, name) : entry;
    return recorded === undefined ? [] : [[name, recorded] as const];
  });
  return entries.every(([name, entry]) => now[name] === entry) && entries.length === Object.keys(now).length
    ? content
    : editJson(content, [MANIFEST_KEY, 'files'], Object.fromEntries(entries));
}

/** The order in which streams came must not matter. */
function byName(entries: readonly (readonly [string, string])[]): Readonly<Record<string, string>> {
  return Object.fromEntries(sortBy(entries, ([name]) => name));
}

/** Older versions recorded columns as an object; a line that isn't one of ours would let hand-made changes go unnoticed. */
function writtenColumns(value: unknown, stream: string, file: string): WrittenColumns {
  const columns = typeof value === 'string' ? columnsIn(value) : isMapping(value) ? value : undefined;
  if (columns) return columns as WrittenColumns;
  throw unreadable(file, `what it says of the schema of ${stream} is no list of columns`);
}

function fileEntries(files: Readonly<Record<string, unknown>>, file: string): FileEntries {
  const odd = Object.keys(files).find(name => typeof files[name] !== 'string');
  if (odd !== undefined) throw unreadable(file, `what it says of ${odd} is no fingerprint`);
  return files as FileEntries;
}

function sectionOf(text: string | undefined, file: string): Readonly<Record<string, unknown>> {
  const manifest = text === undefined ? {} : parsed(text);
  if (!isMapping(manifest)) throw unreadable(file, 'it is no valid JSON');
  const section = manifest[MANIFEST_KEY];
  return isMapping(section) ? section : {};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unreadable(file: string, why: string): UserError {
  return new UserError({
    where: file,
    message: `can't be read: ${why}`,
    hint: 'mend it, or take it from version control',
  });
}
