import type { ConnectorModel } from '../connector/model.ts';

/** Where the tests of a connector stand. */
export interface TestPlace {
  /** Relative to the layout's root, with `/`. */
  readonly folder: string;
  /** The Python module of that folder. */
  readonly module: string;
}

/**
 * In a checkout of mage-ai, where Mage's own are and its CI looks for them; elsewhere inside of the connector, but in a folder
 * that Mage doesn't read.
 */
export function testPlace({ layout, folder, importRoot, uuid }: ConnectorModel): TestPlace {
  if (layout.kind !== 'core') return { folder: `${folder}/tests`, module: `${importRoot}.tests` };
  return {
    folder: `mage_integrations/mage_integrations/tests/sources/${uuid}`,
    module: `mage_integrations.tests.sources.${uuid}`,
  };
}
