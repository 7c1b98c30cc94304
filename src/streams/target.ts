import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../base/problems.ts';
import { type ExistingConnector, readConnector } from '../connector/existing.ts';
import { MAIN_FILE } from '../python/analysis/files.ts';
import { isSource } from '../python/analysis/source.ts';

/** The connector that a run is about: one of ours with its answers, or a hand-written one by its folder. */
export type Target = { readonly ours: ExistingConnector } | { readonly folder: string };

/** Finds the connector that `--connector` names or that is around `cwd`. Throws a UserError that says what was looked for. */
export function findTarget(option: string | undefined, cwd: string): Target {
  for (let folder = resolve(cwd, option ?? '.'); ; folder = dirname(folder)) {
    const ours = readConnector(folder);
    if (ours) return { ours };
    const main = join(folder, MAIN_FILE);
    if (existsSync(main) && isSource(readFileSync(main, 'utf8'))) return { folder };
    if (option !== undefined || folder === dirname(folder)) break;
  }
  const where = option === undefined ? `${resolve(cwd)} and the folders above it are` : `${option} is`;
  throw new UserError({
    where: option === undefined ? undefined : '--connector',
    message: `${where} no connector: there is no ${MAIN_FILE} with a class that extends Mage's Source`,
    hint: 'name the folder of the connector with --connector DIR',
  });
}
