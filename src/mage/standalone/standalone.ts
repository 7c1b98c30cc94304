import { existsSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { ancestors } from '../../base/folders.ts';
import { type LayoutDescriptor, type Placed, quoted, type ShellPlace, testsInside } from '../layout.ts';

/** A folder of its own, before it is decided where the connector goes. It runs where Mage's framework can import it, so it is copied there first. */
export const standalone: LayoutDescriptor = {
  name: 'standalone',
  sign: 'any folder',
  at: () => undefined,
  /**
   * Someone who stands in a folder `sources`, or inside a connector, means a connector there or beside it, not a folder
   * `sources` inside of it.
   */
  anywhere(start) {
    const connector = ancestors(start).find(isConnector);
    const folder = connector ? dirname(connector) : start;
    const inSources = basename(folder) === 'sources';
    const root = inSources ? dirname(folder) : folder;
    const sources = connector || inSources ? relative(root, folder) || '.' : 'sources';
    return { kind: 'standalone', root, sources, importRoot: 'mage_integrations.sources' };
  },
  registration: () => [],
  page: () => undefined,
  tests: testsInside,
  shell: fromMageFolder,
  inMage: [
    `This connector isn't registered with Mage yet. In a checkout of mage-ai, its folder belongs into \`mage_integrations/mage_integrations/sources/\`, and`,
    `\`mage_ai/data_integrations/sources/constants.py\` needs an entry for it; the generator does both when it is run inside the checkout.`,
  ].join(' '),
  toSee: 'it is in no list yet: run this in a checkout of mage-ai or a Mage project, or with --layout installed',
  question: () => undefined,
};

/** A connector that no framework has yet is copied into one first. */
export function fromMageFolder({ folder, uuid }: Placed): ShellPlace {
  return {
    folder: '.',
    described: 'the folder that holds `sources`',
    first: ['MAGE=path/to/mage-ai/mage_integrations', `cp -R ${quoted(folder)} $MAGE/mage_integrations/sources/`],
    path: '$MAGE',
    connector: `$MAGE/mage_integrations/sources/${uuid}`,
  };
}

function isConnector(folder: string): boolean {
  return existsSync(join(folder, '__init__.py')) && existsSync(join(folder, 'templates', 'config.json'));
}
