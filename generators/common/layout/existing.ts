import { UserError } from '../problems.ts';
import { readCoreSources } from './core-list.ts';
import { type Layout, registryFile } from './find.ts';
import { readProjectSources } from './project-list.ts';
import type { RegisteredSource } from './source.ts';

/** What stands already where a new source would go. */
export interface ExistingSource {
  /** The source that is registered under the same name or the same uuid, and in which file. */
  readonly registered?: RegisteredSource & { readonly file: string };
  /** The connector that stands in the folder, and its main class if its `__init__.py` ends in `main(Class)`. */
  readonly folder?: { readonly path: string; readonly className?: string };
  /** Whether all of that is the very source asked for: name and uuid as registered, the class as in the folder. */
  readonly same: boolean;
}

/**
 * Tells whether a source's name or uuid is registered already, or a connector stands in its folder; undefined if neither.
 * `read` gives a file's content by its path relative to the layout's root. A registry that can't be read counts as
 * empty here: registering in it will say what is wrong with it.
 */
export function existingSource(
  layout: Layout,
  source: RegisteredSource,
  read: (path: string) => string | undefined,
): ExistingSource | undefined {
  const registered = findRegistered(layout, source, read);
  const folder = findFolder(layout, source, read);
  if (!registered && !folder) return undefined;
  const sameEntry = !registered || (registered.name === source.name && registered.uuid === source.uuid);
  const sameFolder = !folder || folder.className === source.className;
  return { registered, folder, same: sameEntry && sameFolder };
}

function findRegistered(layout: Layout, { name, uuid }: RegisteredSource, read: (path: string) => string | undefined) {
  const file = registryFile(layout);
  const all = readRegistry(layout, file && read(file));
  const found =
    all.find(other => other.name === name && other.uuid === uuid) ??
    all.find(other => other.name === name || other.uuid === uuid);
  return found && { ...found, file };
}

function readRegistry({ kind }: Layout, content: string | undefined): readonly RegisteredSource[] {
  if (content === undefined) return [];
  try {
    return kind === 'core' ? readCoreSources(content) : readProjectSources(content);
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

function findFolder({ sources }: Layout, { uuid }: RegisteredSource, read: (path: string) => string | undefined) {
  const path = sources === '.' ? uuid : `${sources}/${uuid}`;
  const module = read(`${path}/__init__.py`);
  return module === undefined ? undefined : { path, className: /^[ \t]*main\((\w+)/m.exec(module)?.[1] };
}
