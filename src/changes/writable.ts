import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { type Problem, UserError } from '../base/problems.ts';
import type { GivenOptions } from '../options/given-options.ts';
import { type Change, isDifference } from './change.ts';
import { tempFolder } from './writing/write.ts';

/**
 * Throws a UserError for every change that may not be made (`--bail`), or that can't be: Yeoman would find out when other
 * files stand already, and `yo` crashes on errors of the file system. `connector` is the connector's folder.
 */
export function checkChanges(
  changes: readonly Change[],
  { bail }: Pick<GivenOptions, 'bail'>,
  cwd: string,
  connector: string,
): void {
  const differing = changes.filter(isDifference);
  const problems = bail
    ? differing.map(({ path, before, removed }) => ({
        where: relative(cwd, path),
        message: removed ? 'would be removed' : before === undefined ? 'would be created' : 'would be changed',
      }))
    : writeFaults(differing.flatMap(({ path }) => neededFor(path, connector)));
  const places = new Map(problems.map(problem => [problem.where, problem]));
  if (places.size > 0) throw new UserError([...places.values()]);
}

/** A file that is written takes the place of the one that is there, so its folder has to be writable, too. */
function neededFor(path: string, connector: string): string[] {
  return [path, dirname(path), tempFolder(path, connector)];
}

/** What stands in the way of writing files; a folder that many of them are in is looked at once. */
function writeFaults(paths: readonly string[]): Problem[] {
  const folders = new Map<string, Problem[]>();
  const aboveFault = (folder: string): Problem[] => {
    const known = folders.get(folder);
    if (known) return known;
    const found = existsSync(folder) ? folderFault(folder) : aboveFault(dirname(folder));
    folders.set(folder, found);
    return found;
  };
  return [...new Set(paths)].flatMap(path => (existsSync(path) ? accessFault(path) : aboveFault(dirname(path))));
}

/** The nearest folder that exists has to be one, and one that can be written to. */
function folderFault(path: string): Problem[] {
  if (!statSync(path).isDirectory()) return [{ where: path, message: 'is a file where a folder is needed' }];
  return accessFault(path);
}

function accessFault(path: string): Problem[] {
  try {
    accessSync(path, constants.W_OK);
    return [];
  } catch {
    return [
      { where: path, message: "can't be written to", hint: 'give yourself the right to, or choose another folder' },
    ];
  }
}
