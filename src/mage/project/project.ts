import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type LayoutDescriptor, quoted, testsInside } from '../layout.ts';
import { requirementEdits } from '../requirements.ts';
import { registerInProject, unregisterInProject } from './list.ts';

const SOURCES = 'data_integrations/sources';
const LIST = `${SOURCES}/metadata.yaml`;
/** Folders of blocks, any of which tells a Mage project from another folder with these two files. */
const BLOCK_FOLDERS = ['data_loaders', 'data_exporters', 'transformers', 'pipelines', 'custom', 'data_integrations'];

/** A Mage project, whose custom sources Mage Pro reads. */
export const project: LayoutDescriptor = {
  name: 'project',
  sign: `a Mage project, a folder with metadata.yaml, io_config.yaml and one of ${BLOCK_FOLDERS.map(name => `${name}/`).join(', ')}`,
  at(folder) {
    const has = (name: string) => existsSync(join(folder, name));
    const isProject = has('metadata.yaml') && has('io_config.yaml') && BLOCK_FOLDERS.some(has);
    return isProject
      ? { kind: 'project', root: folder, sources: SOURCES, importRoot: 'data_integrations.sources' }
      : undefined;
  },
  anywhere: () => undefined,
  registration: source => [
    {
      path: LIST,
      create: true,
      transform: content => registerInProject(content, source, LIST),
      revert: content => unregisterInProject(content, source, LIST),
    },
    ...requirementEdits('requirements.txt', source),
  ],
  page: () => undefined,
  tests: testsInside,
  shell: ({ folder }) => ({
    folder: '.',
    described: "the project's folder",
    first: [],
    path: '.',
    connector: quoted(folder),
  }),
  inMage: '',
  toSee:
    'restart Mage Pro: the source is at the bottom of the list of a data integration pipeline; open-source Mage lists none of a project: --layout image is for that',
  question: exists =>
    exists(LIST)
      ? undefined
      : {
          message: 'Which Mage is the project for',
          choices: [
            { value: 'image', name: 'open source: the source is built into its Docker image' },
            { value: 'project', name: 'Mage Pro: it reads sources from the project' },
          ],
        },
};
