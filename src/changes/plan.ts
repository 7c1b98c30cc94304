import type { Composition } from '../python/compose/composition.ts';
import type { Subclass } from '../python/compose/subclass.ts';
import { withoutTransitional } from '../python/transitional.ts';
import type { Change } from './change.ts';
import { mergeJson } from './merge/json.ts';
import { inLineEndsOf, type Merged, mergeLines, sameLines } from './merge/lines.ts';
import { render, renderJson, renderPython } from './render.ts';
import type { BaseText, PreviousFiles } from './written-file.ts';

/** A file that a connector has, as data: where it stands, and what it is made of. */
export interface FileEntry {
  /** Relative to the plan's root, with `/`. */
  readonly path: string;
  readonly content: /** The template by its path below `src`. */
    | { readonly template: string; readonly data: object }
    /** A module that is made out of real ones. */
    | { readonly python: Composition | Subclass }
    | { readonly json: unknown }
    | { readonly text: string };
  /**
   * Adds to a file that the user has changed, by an edit that keeps the rest, what `previous`, the file as we wrote it last,
   * did not have: for where lines can't be merged.
   */
  readonly merge?: (content: string, previous: string) => string;
  /** True for a schema: it was merged column by column with what stands there before it was planned. */
  readonly isSchema?: boolean;
}

/** A file with its text. */
export interface RenderedFile extends FileEntry {
  readonly text: string;
}

/** An edit of a file that isn't ours. */
export interface EditEntry {
  readonly path: string;
  /** Gets undefined where the file is missing; pure and idempotent. */
  readonly transform: (content: string | undefined) => string;
  /** Takes it back; undefined where the file goes. */
  readonly revert: (content: string) => string | undefined;
}

export interface PlanInput {
  readonly files: readonly RenderedFile[];
  readonly edits: readonly EditEntry[];
  /** Reads what stands on disk, undefined where there is nothing. */
  readonly read: (path: string) => string | undefined;
  /** When a connector exists: its files as we wrote them last. */
  readonly previous?: PreviousFiles;
  /** True where files that the user deleted are written again. */
  readonly restores?: boolean;
}

/**
 * Works out every file's content before any is written, so that an error leaves nothing half done. What the user deleted stays
 * deleted, what the user has changed is merged.
 */
export function planChanges({ files, edits, read, previous, restores }: PlanInput): Change[] {
  const whole = files
    .map(file => ({ file, before: read(file.path) }))
    .filter(({ file, before }) => before !== undefined || restores || !previous?.files.has(file.path));
  const modified = whole.filter(({ file, before }) => isToMerge(file, before, previous));
  const bases = previous?.baseTexts(modified.map(({ file }) => file.path)) ?? new Map<string, BaseText>();
  const isModified = new Set(modified);
  const edited = edits.map(({ path, transform }): Change => {
    const before = read(path);
    return { path, before, content: transform(before), ask: false };
  });
  return [
    ...whole.map(found => (isModified.has(found) ? merged(found, bases.get(found.file.path)) : rewritten(found))),
    ...edited,
  ];
}

/** A whole file, and what stands on disk. */
interface Found {
  readonly file: RenderedFile;
  readonly before: string | undefined;
}

/** Has the user changed a file that has to become something else? */
function isToMerge(
  { path, text, isSchema }: RenderedFile,
  before: string | undefined,
  previous?: PreviousFiles,
): boolean {
  if (before === undefined || (previous && isSchema)) return false;
  const found = onDisk(before);
  return found !== inLineEndsOf(before, text) && previous?.files.get(path)?.isUnmodified(found) !== true;
}

/** A run that was ended may have left what is there only meanwhile. */
function onDisk(before: string): string {
  return withoutTransitional(before);
}

function rewritten({ file: { path, text }, before }: Found): Change {
  return { path, before, content: before === undefined ? text : inLineEndsOf(before, text), ask: false };
}

/** Brings a file that the user has changed up to date. Where nothing tells the changes of both sides, the user is asked. */
function merged({ file, before = '' }: Found, base: BaseText | undefined): Change {
  const { path, text } = file;
  if (!base) return { path, before, content: inLineEndsOf(before, text), ask: true };
  const result = mergeFile(file, onDisk(before), base);
  return { path, before, content: result.text, ask: result.conflict && result.text !== before };
}

/**
 * Merges key by key if it is JSON, otherwise line by line. Where lines touch that both sides changed, or where that leaves
 * something to add, what is only added is added by the file's own edit first. Lines are only merged if it is certain what was
 * written last.
 */
function mergeFile({ path, text, content, merge }: RenderedFile, mine: string, base: BaseText): Merged {
  const { certainty } = base;
  const [ours, next] = [base.text, text].map(other => inLineEndsOf(mine, other)) as [string, string];
  if (ours === next && certainty !== 'other') return { text: mine, conflict: false };
  // Left at a conflict, it may be anything of before.
  if ('json' in content)
    return ours === next ? { ...mergeJson(mine, '{}', next), conflict: true } : mergeJson(mine, ours, next);
  if (ours === next) return { text: next, conflict: true };
  const byLines = (current: string, previous: string): Merged =>
    certainty === 'exact' ? mergeLines(path, current, previous, next) : { text: next, conflict: true };
  const lines = byLines(mine, ours);
  if (!merge) return lines;
  const [added, expected] = [merge(mine, ours), merge(ours, ours)];
  if (!lines.conflict && merge(lines.text, ours) === lines.text) return lines;
  return sameLines(expected, next) ? { text: added, conflict: false } : byLines(added, expected);
}

/** Renders the files of a plan. */
export function rendered(files: readonly FileEntry[]): RenderedFile[] {
  return files.map(entry => ({ ...entry, text: renderEntry(entry) }));
}

function renderEntry({ path, content }: FileEntry): string {
  if ('json' in content) return renderJson(content.json);
  if ('python' in content) return renderPython(content.python, path);
  return 'text' in content ? content.text : render(content.template, path, content.data);
}
