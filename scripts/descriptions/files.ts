import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The files below a folder that may be descriptions, by name. */
export function descriptionsBelow(folder: string, only = ''): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => /\.(?:json|ya?ml)$/.test(path) && path.includes(only))
    .sort()
    .map(path => join(folder, path));
}
