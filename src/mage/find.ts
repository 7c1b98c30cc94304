import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { UserError } from '../base/problems.ts';

export type LayoutKind = 'core' | 'project' | 'standalone';

/** Where a connector goes. */
export interface Layout {
  readonly kind: LayoutKind;
  /** Absolute: the checkout of mage-ai, the Mage project, or the folder that standalone connectors are kept in. */
  readonly root: string;
  /** The folder of the connectors, relative to `root`, with `/`; `.` for `root` itself. */
  readonly sources: string;
  /** The Python package of the connectors: `mage_integrations.sources` or `data_integrations.sources`. */
  readonly importRoot: string;
}

const CORE_SOURCES = 'mage_integrations/mage_integrations/sources';
/** The list of Mage's sources, relative to a checkout of mage-ai. */
export const CORE_LIST = 'mage_ai/data_integrations/sources/constants.py';
/** Folders of blocks, any of which tells a Mage project from another folder with these two files. */
const BLOCK_FOLDERS = ['data_loaders', 'data_exporters', 'transformers', 'pipelines', 'custom', 'data_integrations'];

const WANTED = {
  core: `a checkout of mage-ai, a folder with ${CORE_SOURCES}/ and ${CORE_LIST}`,
  project: `a Mage project, a folder with metadata.yaml, io_config.yaml and one of ${BLOCK_FOLDERS.map(name => `${name}/`).join(', ')}`,
};

/**
 * Finds the layout from a folder upwards: the nearest checkout of mage-ai or Mage project, else standalone.
 * Throws a UserError if a checkout or a project is wanted and there is none.
 */
export function findLayout(from: string, wanted: LayoutKind | 'auto'): Layout {
  const start = resolve(from);
  if (wanted === 'standalone') return standalone(start);
  const found = nearest(ancestors(start), wanted);
  if (found) return found;
  if (wanted === 'auto') return standalone(start);
  throw new UserError({
    where: '--layout',
    message: `neither ${start} nor a folder above it is ${WANTED[wanted]}`,
    hint: 'change to a folder inside it, or choose --layout standalone',
  });
}

/** The file that lists a layout's sources, relative to its root; empty for standalone ones, which are listed nowhere. */
export function registryFile({ kind, sources }: Layout): string {
  if (kind === 'core') return CORE_LIST;
  return kind === 'project' ? `${sources}/metadata.yaml` : '';
}

function nearest(folders: readonly string[], wanted: 'core' | 'project' | 'auto'): Layout | undefined {
  for (const root of folders) {
    if (wanted !== 'project' && isCore(root))
      return { kind: 'core', root, sources: CORE_SOURCES, importRoot: 'mage_integrations.sources' };
    if (wanted !== 'core' && isProject(root)) {
      return { kind: 'project', root, sources: 'data_integrations/sources', importRoot: 'data_integrations.sources' };
    }
  }
  return undefined;
}

/**
 * Someone who stands in a folder `sources`, or inside a connector, means a connector there or beside it, not a folder
 * `sources` inside of it.
 */
function standalone(start: string): Layout {
  const connector = ancestors(start).find(isConnector);
  const folder = connector ? dirname(connector) : start;
  const inSources = basename(folder) === 'sources';
  const root = inSources ? dirname(folder) : folder;
  const sources = connector || inSources ? relative(root, folder) || '.' : 'sources';
  return { kind: 'standalone', root, sources, importRoot: 'mage_integrations.sources' };
}

function ancestors(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestors(parent)];
}

function isCore(folder: string): boolean {
  return existsSync(join(folder, CORE_SOURCES)) && existsSync(join(folder, CORE_LIST));
}

function isProject(folder: string): boolean {
  const has = (name: string) => existsSync(join(folder, name));
  return has('metadata.yaml') && has('io_config.yaml') && BLOCK_FOLDERS.some(has);
}

function isConnector(folder: string): boolean {
  return existsSync(join(folder, '__init__.py')) && existsSync(join(folder, 'templates', 'config.json'));
}
