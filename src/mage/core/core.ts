import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Edit, type Exists, type LayoutDescriptor, quoted } from '../layout.ts';
import { requirementEdits } from '../requirements.ts';
import type { Registration } from '../source.ts';
import { addToNavigation, NAVIGATION, PAGES, removeFromNavigation } from './docs-navigation.ts';
import { addToOverview, OVERVIEW, removeFromOverview } from './docs-overview.ts';
import { documentationPage } from './docs-page.ts';
import { CORE_LIST, coreListEdit } from './list.ts';

const SOURCES = 'mage_integrations/mage_integrations/sources';

/** A checkout of mage-ai: the layout of its contributors, and of everyone on open-source Mage. */
export const core: LayoutDescriptor = {
  name: 'core',
  sign: `a checkout of mage-ai, a folder with ${SOURCES}/ and ${CORE_LIST}`,
  at(folder) {
    const isCheckout = [SOURCES, CORE_LIST].every(path => existsSync(join(folder, path)));
    return isCheckout
      ? { kind: 'core', root: folder, sources: SOURCES, importRoot: 'mage_integrations.sources' }
      : undefined;
  },
  anywhere: () => undefined,
  registration: (source, exists) => [
    coreListEdit(source),
    ...requirementEdits('mage_integrations/requirements.txt', source),
    ...documentationEdits(source, exists),
  ],
  page(source, exists) {
    if (documentationEdits(source, exists).length === 0) return undefined;
    return { path: `docs/${PAGES}${source.uuid}.mdx`, text: documentationPage(source) };
  },
  // Where Mage's own are and its CI looks for them.
  tests: ({ uuid }) => ({
    folder: `mage_integrations/mage_integrations/tests/sources/${uuid}`,
    module: `mage_integrations.tests.sources.${uuid}`,
  }),
  shell: ({ folder }) => ({
    folder: 'mage_integrations',
    described: "the checkout's folder `mage_integrations`",
    first: [],
    path: '.',
    connector: quoted(folder.replace(/^mage_integrations\//, '')),
  }),
  inMage: '',
  toSee: 'start Mage from the checkout: the source is in the list of a data integration pipeline',
  question: () => undefined,
};

/** A checkout may be without the documentation, or without some of its files. */
function documentationEdits(source: Registration, exists: Exists): readonly Edit[] {
  const entries: readonly Edit[] = [
    {
      path: NAVIGATION,
      create: false,
      transform: content => addToNavigation(content, source),
      revert: content => removeFromNavigation(content, source),
    },
    {
      path: OVERVIEW,
      create: false,
      transform: content => addToOverview(content, source),
      revert: content => removeFromOverview(content, source),
    },
  ];
  return entries.filter(({ path }) => exists(path));
}
