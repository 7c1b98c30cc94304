import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, posix } from 'node:path';

/** The text of a connector's Python files and the names of its schema files, by paths relative to its folder with `/`. */
export interface ConnectorFiles {
  /** The connector's folder, absolute. */
  readonly folder: string;
  readonly uuid: string;
  readonly python: ReadonlyMap<string, string>;
  readonly schemas: readonly string[];
}

/** The file that Mage runs and imports. */
export const MAIN_FILE = '__init__.py';

const SKIPPED = new Set(['__pycache__', 'test', 'tests', 'spikes', 'node_modules', '.git']);

/** Reads a connector's folder; its tests are no part of it. */
export function readConnectorFiles(folder: string): ConnectorFiles {
  const paths = list(folder, '');
  const python = paths.filter(path => path.endsWith('.py'));
  return {
    folder,
    uuid: basename(folder),
    python: new Map(python.map(path => [path, readFileSync(join(folder, path), 'utf8')])),
    schemas: paths.filter(path => /(?:^|\/)schemas\/.*\.json$/.test(path)),
  };
}

function list(folder: string, below: string): string[] {
  const entries = readdirSync(join(folder, below), { withFileTypes: true });
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(entry => {
      const path = posix.join(below, entry.name);
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : list(folder, path);
      return [path];
    });
}

/** The file of the connector that a module of an import in `importing` stands for; undefined where it is no file of the connector. */
export function fileOfModule({ python, uuid }: ConnectorFiles, module: string, importing: string): string | undefined {
  const path = module.startsWith('.') ? relativeModule(module, importing) : absoluteModule(module, uuid);
  if (path === undefined) return undefined;
  return [`${path}.py`, posix.join(path, '__init__.py')].find(candidate => python.has(candidate));
}

function relativeModule(module: string, importing: string): string {
  const [, dots = '', name = ''] = /^(\.+)(.*)$/.exec(module) ?? [];
  const up = Array.from({ length: dots.length - 1 }, () => '..');
  return posix.join(posix.dirname(importing), ...up, ...name.split('.'));
}

function absoluteModule(module: string, uuid: string): string | undefined {
  const parts = module.split('.');
  const at = parts.findIndex((part, index) => part === uuid && parts[index - 1] === 'sources');
  return at < 0 ? undefined : parts.slice(at + 1).join('/');
}
