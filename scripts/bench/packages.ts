import { cpSync, existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Copies a package and all that it needs into a folder `node_modules`, as `npm install -g` gives each generator its own.
 * `from` is the `node_modules` that has them.
 */
export function copyPackage(name: string, from: string, to: string): void {
  const waiting = [join(from, name)];
  const copied = new Set<string>();
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    if (copied.has(folder)) continue;
    copied.add(folder);
    cpSync(folder, join(to, folder.slice(from.length)), { recursive: true });
    const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const needed = Object.keys({ ...dependencies, ...peerDependencies });
    waiting.push(...needed.flatMap(dependency => find(dependency, folder, from) ?? []));
  }
}

/** Where Node finds a package from another one's folder. */
function find(name: string, folder: string, from: string): string | undefined {
  for (let place = folder; place.length > from.length; place = dirname(place)) {
    const nested = join(place, 'node_modules', name);
    if (existsSync(nested)) return nested;
  }
  return existsSync(join(from, name)) ? join(from, name) : undefined;
}
