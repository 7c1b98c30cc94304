import { dirname, join, relative } from 'node:path';
import { filesBelow } from '../base/folders.ts';
import { type Problem, UserError } from '../base/problems.ts';
import { readText } from '../base/read-text.ts';
import type { Change } from '../changes/change.ts';
import type { CommandInput } from '../changes/command.ts';
import { MANIFEST_FILE, MANIFEST_KEY } from '../changes/manifest-file.ts';
import { editJson } from '../changes/merge/json.ts';
import type { PlannedRun } from '../changes/run.ts';
import { refuseUnfinished } from '../changes/writing/journal.ts';
import { asWrites } from '../changes/writing/order.ts';
import { isInside, type Write } from '../changes/writing/write.ts';
import { optionValue } from '../options/given-options.ts';
import { type Comparison, compareConnector } from './changes.ts';
import { requireConnector } from './existing.ts';
import { checkedKind } from './gather.ts';
import type { AnyKind } from './kind.ts';
import { loadOnDisk } from './load-existing.ts';
import { removalReport } from './report.ts';
import { resolveConnector } from './resolve.ts';

/**
 * Plans what taking a connector of ours out writes and removes: its entries in Mage's lists go first, then its files, its
 * manifest last, so that a run that is ended can be run again. Files that the user has changed are told, and go with `force`
 * only; what isn't ours stays. Throws a UserError with all problems.
 */
export async function planConnectorRemoval(
  kindNamed: (name: string) => Promise<AnyKind>,
  { given, flags, cwd }: CommandInput,
): Promise<PlannedRun> {
  refuseOthers(flags);
  const existing = requireConnector(given.connector, cwd);
  const { folder, text } = existing;
  refuseUnfinished(folder);
  const kind = await kindNamed(existing.answers.kind);
  checkedKind(kind, existing);
  const resolved = resolveConnector(kind, loadOnDisk(kind, existing));
  const compared = compareConnector({ kind, resolved, existing });
  const files = filesToGo(compared, given.force);
  const manifest = withoutFile(join(folder, MANIFEST_FILE), text, editJson(text, [MANIFEST_KEY], undefined));
  const changes = [...editsBack(compared), ...files, manifest];
  const standing = filesBelow(folder);
  const compiled = bytecodeOf(standing);
  const gone = [...files.map(({ path }) => path), ...compiled];
  // What isn't ours.
  const left = standing.filter(path => !gone.includes(path) && path !== manifest.path);
  return {
    folder,
    changes,
    writes: [...asWrites(changes), ...removals(compiled), ...removals(foldersOf(gone, compared.model.layout.root))],
    report: outcomes => removalReport({ model: compared.model, files: outcomes, dryRun: given.dryRun, left }),
    fails: false,
  };
}

/** Nothing else can be asked for of a connector that goes. */
function refuseOthers(flags: CommandInput['flags']): void {
  const problems = ['name', 'answers', 'save-answers', 'layout'].flatMap((option): Problem[] => {
    const value = optionValue(flags, option);
    const where = option === 'name' ? String(value) : `--${option}`;
    return value === undefined ? [] : [{ where, message: `can't go with --remove`, hint: 'leave it out' }];
  });
  if (problems.length > 0) throw new UserError(problems);
}

/** The files that were written and stand, all unmodified unless `force`. */
function filesToGo({ model, previous }: Comparison, force: boolean): readonly Change[] {
  const written = [...(previous?.files ?? [])].map(([path, file]) => ({ path: join(model.layout.root, path), file }));
  const standing = written.flatMap(({ path, file }) => {
    const before = readText(path);
    return before === undefined ? [] : [{ path, file, before }];
  });
  const modified = standing.filter(({ file, before }) => !force && !file.isUnmodified(before));
  if (modified.length > 0)
    throw new UserError(
      modified.map(({ path }) => ({
        where: relative(model.layout.root, path),
        message: 'has been changed since it was written',
        hint: 'keep a copy of it elsewhere, and give --force as well',
      })),
    );
  return standing.map(({ path, before }) => withoutFile(path, before, undefined));
}

/** A file that goes, or what is left of it where others have put something into it. */
function withoutFile(path: string, before: string, rest: string | undefined): Change {
  const isEmpty = rest === undefined || /^\s*\{\s*\}\s*$/.test(rest);
  return { path, before, content: isEmpty ? '' : rest, ask: false, ...(isEmpty && { removed: true }) };
}

/** The lists of Mage without the connector. */
function editsBack({ model, edits }: Comparison): readonly Change[] {
  return edits.flatMap((edit): Change[] => {
    const path = join(model.layout.root, edit.path);
    const before = readText(path);
    if (before === undefined) return [];
    const content = edit.revert(before);
    return [{ path, before, content: content ?? '', ask: false, ...(content === undefined && { removed: true }) }];
  });
}

/** What Python leaves beside the modules that it has imported. */
function bytecodeOf(standing: readonly string[]): readonly string[] {
  return standing.filter(path => /(?:^|\/)__pycache__\/[^/]+\.pyc$/.test(path));
}

function removals(paths: readonly string[]): readonly Write[] {
  return paths.map(path => ({ path, content: undefined }));
}

/** The folders that files leave behind, the innermost first; those that aren't empty then stay. */
function foldersOf(paths: readonly string[], root: string): readonly string[] {
  const folders = new Set<string>();
  for (const path of paths)
    for (let folder = dirname(path); folder !== root && isInside(folder, root); folder = dirname(folder))
      folders.add(folder);
  return [...folders].sort((a, b) => b.length - a.length);
}
