import { existsSync, readFileSync } from 'node:fs';
import { UserError } from './problems.ts';

/** What stands on disk, or undefined. Throws a UserError where that can't be read, since `yo` crashes on raw file system errors. */
export function readText(path: string): string | undefined {
  try {
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  } catch (error) {
    throw new UserError({ where: path, message: `can't be read: ${(error as Error).message}` }, { cause: error });
  }
}
