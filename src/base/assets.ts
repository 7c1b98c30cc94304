import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const IS_BUILT = !import.meta.filename.endsWith('.ts');

/** `src` itself, or in the package that is installed its mirror `dist/assets`, which stands above every bundle. */
function findRoot(folder: string): string {
  if (!IS_BUILT) return dirname(folder);
  const assets = join(folder, 'assets');
  return existsSync(assets) ? assets : findRoot(dirname(folder));
}

const ROOT = findRoot(import.meta.dirname);

/** The absolute path of a file that is read at run time (a template, Python of a connector), by its path below `src`. */
export function assetPath(path: string): string {
  return join(ROOT, path);
}

/** The text of such a file. */
export function readAsset(path: string): string {
  return readFileSync(assetPath(path), 'utf8');
}

/** What the build has put beside the assets, as JSON; undefined where nothing was built. */
export function readBuiltAsset(path: string): unknown {
  return IS_BUILT ? JSON.parse(readAsset(path)) : undefined;
}
