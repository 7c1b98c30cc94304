import { render, renderJson } from './render.ts';

/** A file that a connector has, as data: where it stands, and what it is made of. */
export interface FileEntry {
  /** Relative to the plan's root, with `/`. */
  readonly path: string;
  readonly content:
    | { readonly template: string; readonly data: object }
    | { readonly json: unknown }
    | { readonly text: string };
  /**
   * Brings a file that the user has changed up to date by an edit that keeps the rest: it adds what `previous`, the file as
   * we wrote it last, did not have. Without it, the whole file is in question.
   */
  readonly merge?: (content: string, previous: string) => string;
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
}

export interface PlanInput {
  readonly files: readonly FileEntry[];
  readonly edits: readonly EditEntry[];
  /** Reads what stands on disk, undefined where there is nothing. */
  readonly read: (path: string) => string | undefined;
  /** When an existing connector grows: its files as we wrote them last. */
  readonly previous?: ReadonlyMap<string, string>;
}

/** Works out every file's content before any is written, so that an error leaves nothing half done. */
export function planChanges({ files, edits, read, previous }: PlanInput): Change[] {
  const whole = files.flatMap(entry => planFile(entry, read(entry.path), previous));
  const edited = edits.map(({ path, transform }): Change => {
    const before = read(path);
    return { path, before, content: transform(before), ask: false };
  });
  return [...whole, ...edited];
}

function planFile(entry: FileEntry, before: string | undefined, previous: PlanInput['previous']): Change[] {
  const { path } = entry;
  const content = renderEntry(entry);
  if (before === undefined) return previous?.has(path) ? [] : [{ path, before, content, ask: false }];
  if (before === content || !previous) return [{ path, before, content, ask: before !== content }];
  const ours = previous.get(path);
  if (before === ours) return [{ path, before, content, ask: false }];
  if (content === ours) return [{ path, before, content: before, ask: false }];
  if (entry.merge && ours !== undefined) return [{ path, before, content: entry.merge(before, ours), ask: false }];
  return [{ path, before, content, ask: true }];
}

/** The text of a file. */
export function renderEntry({ path, content }: FileEntry): string {
  if ('json' in content) return renderJson(content.json);
  return 'text' in content ? content.text : render(content.template, path, content.data);
}
