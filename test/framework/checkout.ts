import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PackageSet } from './python.ts';

/** A folder laid out as a checkout of mage-ai, which tests and generators may write into. */
export interface Checkout {
  readonly root: string;
  /** Whether its framework is Mage's own, not our test double. */
  readonly real: boolean;
  /** The checkout of singer-python that belongs to it. */
  readonly singer: string;
  /** The folder of the connectors. */
  readonly sources: string;
  /** The Python packages that its framework needs. */
  readonly packages: PackageSet;
}

export interface CheckoutOptions {
  /** Further files and folders of a real checkout that the test writes into, such as a connector it extends. */
  readonly writable?: readonly string[];
  /** Takes the double, or the real one, whatever the environment says. */
  readonly framework?: 'double' | 'real';
}

const DOUBLE = fileURLToPath(new URL('../double/', import.meta.url));
const SOURCES = 'mage_integrations/mage_integrations/sources';

/** The files that a generator edits. */
const EDITED = [
  'mage_ai/data_integrations/sources/constants.py',
  'mage_integrations/requirements.txt',
  'docs/docs.json',
  'docs/data-integrations/overview.mdx',
];

/** The folders in which a generator makes new files. */
const EXTENDED = [
  SOURCES,
  'mage_integrations/mage_integrations/connections',
  'mage_integrations/mage_integrations/tests/sources',
  'docs/data-integrations/sources',
];

/** The checkouts that the tests were given through `npm run test:mage`. */
export function realCheckouts(): { mage: string; singer: string } | undefined {
  const { MAGE_CHECKOUT: mage, SINGER_CHECKOUT: singer } = process.env;
  return mage && singer ? { mage: resolve(mage), singer: resolve(singer) } : undefined;
}

/**
 * Makes a fresh checkout at `dir`: a copy of the double, or, where a real one is given, links to it.
 * Of the real one only the files that generators edit are copied: write nowhere else but to new files.
 */
export function workspaceCheckout(dir: string, options: CheckoutOptions = {}): Checkout {
  const real = options.framework === 'double' ? undefined : realCheckouts();
  if (options.framework === 'real' && !real) throw new Error('MAGE_CHECKOUT and SINGER_CHECKOUT are not set');
  const root = resolve(dir);
  rmSync(root, { recursive: true, force: true });
  if (real) farm(real.mage, root, [...EDITED, ...(options.writable ?? [])], EXTENDED);
  else cpSync(join(DOUBLE, 'mage-ai'), root, { recursive: true, filter: source => !source.includes('__pycache__') });
  return {
    root,
    real: real !== undefined,
    singer: real?.singer ?? join(DOUBLE, 'singer-python'),
    sources: join(root, SOURCES),
    packages: real ? 'mage' : 'test',
  };
}

/** Whether a module of the framework, by its whole name, is in the checkout as it came: nothing has written there. */
export function isAsItCame({ root, singer, real }: Checkout, module: string): boolean {
  const path = module.split('.');
  if (path[0] === 'singer') return moduleFile(singer, path) !== undefined;
  const [here, there] = [root, (real && realCheckouts()?.mage) || join(DOUBLE, 'mage-ai')].map(folder =>
    moduleFile(join(folder, 'mage_integrations'), path),
  );
  return Boolean(here && there && readFileSync(here).equals(readFileSync(there)));
}

function moduleFile(folder: string, path: readonly string[]): string | undefined {
  const base = join(folder, ...path);
  return [`${base}.py`, join(base, '__init__.py')].find(existsSync);
}

/** Links each entry of `source` into `target`, but copies what is edited and opens the folders above it. */
function farm(source: string, target: string, edited: readonly string[], extended: readonly string[]): void {
  mkdirSync(target, { recursive: true });
  for (const name of readdirSync(source)) {
    const [from, to] = [join(source, name), join(target, name)];
    const [editedBelow, extendedBelow] = [below(edited, name), below(extended, name)];
    if (name === '.git' || name === '__pycache__') continue;
    if (edited.includes(name)) cpSync(from, to, { recursive: true });
    else if (editedBelow.length || extendedBelow.length) farm(from, to, editedBelow, extendedBelow);
    else symlinkSync(from, to);
  }
}

/** The rest of those paths that start with this name; an empty rest is the folder itself. */
function below(paths: readonly string[], name: string): string[] {
  return paths.filter(path => path === name || path.startsWith(`${name}/`)).map(path => path.slice(name.length + 1));
}

/** Puts a connector that was written elsewhere among the framework's own, as a link: what our README tells users to do. */
export function linkConnector(checkout: Checkout, folder: string, uuid: string): string {
  const link = join(checkout.sources, uuid);
  if (resolve(folder) === link) return link;
  if (existsSync(link) && !lstatSync(link).isSymbolicLink()) throw new Error(`${link} stands in the way of ${folder}`);
  rmSync(link, { force: true });
  symlinkSync(resolve(folder), link);
  return link;
}
