import type { Composition } from '../python/compose/composition.ts';
import { withoutTransitional } from '../python/transitional.ts';
import { mergeJson } from './merge/json.ts';
import { inLineEndsOf, type Merged, mergeLines, sameLines } from './merge/lines.ts';
import { render, renderJson, renderPython } from './render.ts';
import type { WrittenFile } from './written-files.ts';

/** A file that a connector has, as data: where it stands, and what it is made of. */
export interface FileEntry {
  /** Relative to the plan's root, with `/`. */
  readonly path: string;
  readonly content: /** The template by its path below `src`. */
    | { readonly template: string; readonly data: object }
    /** A module that is made out of real ones. */
    | { readonly python: Composition }
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
}

/** What a run wants of one file. */
export interface Change {
  readonly path: string;
  readonly before: string | undefined;
  readonly content: string;
  /** True where the user's own version of a whole file would be overwritten, so that Yeoman has to ask. */
  readonly ask: boolean;
  /** True where the file goes; its content is empty then. */
  readonly removed?: boolean;
}

export interface PlanInput {
  readonly files: readonly RenderedFile[];
  readonly edits: readonly EditEntry[];
  /** Reads what stands on disk, undefined where there is nothing. */
  readonly read: (path: string) => string | undefined;
  /** When a connector exists: its files as we wrote them last. */
  readonly previous?: ReadonlyMap<string, WrittenFile>;
  /** True where files that the user deleted are written again. */
  readonly restores?: boolean;
}

/** Works out every file's content before any is written, so that an error leaves nothing half done. What the user deleted stays deleted. */
export function planChanges({ files, edits, read, previous, restores }: PlanInput): Change[] {
  const whole = files.flatMap(file => {
    const before = read(file.path);
    if (before === undefined && previous?.has(file.path) && !restores) return [];
    return [planFile(file, before, previous)];
  });
  const edited = edits.map(({ path, transform }): Change => {
    const before = read(path);
    return { path, before, content: transform(before), ask: false };
  });
  return [...whole, ...edited];
}

/** What is to become of a whole file: what the user has changed is merged. */
function planFile(file: RenderedFile, before: string | undefined, previous: PlanInput['previous']): Change {
  const { path, text, isSchema } = file;
  if (before === undefined) return { path, before, content: text, ask: false };
  const content = inLineEndsOf(before, text);
  const written = previous?.get(path);
  // A run that was ended may have left what is there only meanwhile.
  const found = withoutTransitional(before);
  if (found === content || (previous && isSchema) || written?.isUnmodified(found))
    return { path, before, content, ask: false };
  if (written?.text === undefined) return { path, before, content, ask: true };
  const merged = mergeFile(file, found, written);
  return { path, before, content: merged.text, ask: merged.conflict && merged.text !== before };
}

/**
 * Brings a file that the user has changed up to date: key by key if it is JSON, otherwise line by line. Where lines touch that
 * both sides changed, or where that leaves something to add, what is only added is added by the file's own edit first. Lines
 * are only merged if it is certain what was written last.
 */
function mergeFile({ path, text, content, merge }: RenderedFile, before: string, written: WrittenFile): Merged {
  const [ours, next] = [written.text ?? '', text].map(other => inLineEndsOf(before, other)) as [string, string];
  if (ours === next) return { text: before, conflict: false };
  if ('json' in content) return mergeJson(before, ours, next);
  const byLines = (mine: string, base: string): Merged =>
    written.isRecorded ? mergeLines(path, mine, base, next) : { text: next, conflict: true };
  const merged = byLines(before, ours);
  if (!merge) return merged;
  const [added, expected] = [merge(before, ours), merge(ours, ours)];
  if (!merged.conflict && merge(merged.text, ours) === merged.text) return merged;
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
