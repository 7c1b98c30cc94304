import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../../base/problems.ts';
import { CORE_LIST, coreListEdit } from '../core/list.ts';
import { type Layout, type LayoutDescriptor, quoted, testsInside } from '../layout.ts';

const SOURCES = 'mage_integrations/sources';

/** Prints where Python has the two packages of Mage, one to a line; nothing for one that it hasn't. */
const WHERE = `
from importlib.util import find_spec
for name in ('mage_integrations', 'mage_ai'):
    spec = find_spec(name)
    print(spec.submodule_search_locations[0] if spec and spec.submodule_search_locations else '')
`;

/** What Mage's own image installs beside mage-ai, which is on no package registry (its Dockerfile). */
const INTEGRATIONS = [
  'git+https://github.com/mage-ai/mage-ai.git#egg=mage-integrations&subdirectory=mage_integrations',
  'git+https://github.com/mage-ai/singer-python.git#egg=singer-python',
];

/**
 * Mage as pip or its Docker image installs it: two packages beside each other. It reads no sources from anywhere else
 * (mage-contract.md, section 11), so that a connector goes into the package itself.
 */
export const installed: LayoutDescriptor = {
  name: 'installed',
  sign: `a folder of Python packages with mage_integrations and mage_ai, and the python3 in the PATH has none`,
  at(folder) {
    const isInstalled = [`${SOURCES}/base.py`, CORE_LIST].every(path => existsSync(join(folder, path)));
    return isInstalled
      ? { kind: 'installed', root: folder, sources: SOURCES, importRoot: 'mage_integrations.sources' }
      : undefined;
  },
  // Nobody's Python is written into unless it is asked for.
  anywhere: (_, isWanted) => (isWanted ? installedInPython() : undefined),
  registration: source => [coreListEdit(source)],
  page: () => undefined,
  tests: testsInside,
  shell: ({ folder }) => ({
    folder: '.',
    described: "the folder of Python's packages",
    first: [],
    path: '.',
    connector: quoted(folder),
  }),
  inMage: 'Restart Mage, and the source is in the list of a data integration pipeline.',
  toSee: 'restart Mage: the source is in the list of a data integration pipeline',
  question: () => undefined,
};

/** The packages of the Python in the PATH, if they are beside each other. Throws a UserError where it has Mage alone, or apart. */
function installedInPython(): Layout | undefined {
  const { stdout } = spawnSync('python3', ['-c', WHERE], { encoding: 'utf8', cwd: '/' });
  const [integrations, mage] = (stdout ?? '').split('\n');
  if (!mage) return undefined;
  if (!integrations)
    throw new UserError({
      where: '--layout',
      message: `the python3 in the PATH has Mage (${mage}), but not mage_integrations, which mage-ai's package lacks`,
      hint: `python3 -m pip install ${INTEGRATIONS.map(each => `"${each}"`).join(' ')}`,
    });
  if (dirname(integrations) === dirname(mage)) return installed.at(dirname(mage));
  throw new UserError({
    where: '--layout',
    message: `the python3 in the PATH has mage_ai and mage_integrations in two places: ${mage} and ${integrations}`,
    hint: 'in a checkout of mage-ai choose --layout core',
  });
}
