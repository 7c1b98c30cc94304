import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** A file in a folder, of that name or with a number behind it, that isn't there yet. */
export function freeName(folder: string, name: string, ending: string): string {
  for (let number = 1; ; number += 1) {
    const file = join(folder, `${name}${number === 1 ? '' : `-${number}`}${ending}`);
    if (!existsSync(file)) return file;
  }
}
