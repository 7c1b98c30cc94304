import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readAsset } from '../../base/assets.ts';
import { ancestors } from '../../base/folders.ts';
import { type Layout, type LayoutDescriptor, testsInside } from '../layout.ts';
import { project } from '../project/project.ts';
import { addRequirements } from '../requirements.ts';
import { fromMageFolder } from '../standalone/standalone.ts';
import { registerInImage, unregisterInImage } from './list.ts';

const SOURCES = 'mage_sources';
const LIST = `${SOURCES}/sources.json`;
const BUILD = `docker build -f ${SOURCES}/Dockerfile -t mage-with-sources .`;

/**
 * A project of open-source Mage, which reads no sources from a project (mage-contract.md, section 11): they stay in the project,
 * under version control, and a Dockerfile beside them builds them into the official image.
 */
export const image: LayoutDescriptor = {
  name: 'image',
  sign: project.sign,
  at: folder => (existsSync(join(folder, LIST)) ? inProject(folder) : undefined),
  anywhere: (start, isWanted) =>
    isWanted ? ancestors(start).flatMap(folder => inProject(folder) ?? [])[0] : undefined,
  registration: source => [
    {
      path: LIST,
      create: true,
      transform: content => registerInImage(content, source, LIST),
      revert: content => unregisterInImage(content, source, LIST),
    },
    ...['Dockerfile', 'register.py'].map(name => ({
      path: `${SOURCES}/${name}`,
      create: true,
      transform: (content: string | undefined) => content ?? readAsset(`mage/image/${name}`),
      // The next source needs it again.
      revert: (content: string) => content,
    })),
    {
      path: `${SOURCES}/requirements.txt`,
      create: true,
      transform: content => addRequirements(content, source.pythonPackages),
      revert: content => content,
    },
  ],
  page: () => undefined,
  tests: testsInside,
  shell: placed => ({ ...fromMageFolder(placed), described: "the project's folder" }),
  inMage: `Open-source Mage reads no sources from a project. \`${BUILD}\`, in the project's folder, builds an image that has this one.`,
  toSee: `${BUILD}   # and start mage-with-sources where you start mageai/mageai`,
  question: () => undefined,
};

function inProject(folder: string): Layout | undefined {
  const found = project.at(folder);
  return found && { kind: 'image', root: folder, sources: SOURCES, importRoot: 'mage_integrations.sources' };
}
