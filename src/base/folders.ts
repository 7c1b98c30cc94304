import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A folder and all those above it, the nearest first. */
export function ancestors(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestors(parent)];
}

/** All files in a folder and below it, with the folder's path in front; none where there is no such folder. */
export function filesBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter(entry => !entry.isDirectory()).map(({ parentPath, name }) => join(parentPath, name));
}
