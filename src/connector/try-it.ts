import { join, relative } from 'node:path';
import { quoted } from '../mage/layout.ts';
import { layoutOf } from '../mage/registry.ts';
import type { ConnectorModel, DeclaredStream } from './model.ts';

/** How a connector is tried out from a shell. */
export interface TryIt {
  /** The folder to be in, relative to the layout's root. */
  readonly folder: string;
  readonly commands: readonly string[];
  /** All that Mage does with it at once, from the folder in which the generator was started. */
  readonly verify: readonly string[];
  /** The command that runs the tests that come with the connector, where there are some. */
  readonly tests?: string;
  /** True where the commands have a place for the user to fill in. */
  readonly hasHole: boolean;
}

/** The commands that Mage itself runs, and the one that runs all of them, for a shell in `cwd`. */
export function tryIt(
  model: ConnectorModel & { readonly streams?: readonly DeclaredStream[] },
  isTested: boolean,
  cwd: string = model.layout.root,
): TryIt {
  const layout = layoutOf(model.layout.kind);
  const { folder, first, path, connector } = layout.shell(model);
  const config = `~/${model.uuid}.json`;
  const run = `PYTHONPATH=${path} python3 ${connector}/__init__.py --config ${config}`;
  const here = fromHere(join(model.layout.root, model.folder), cwd);
  const stream = model.streams?.find(({ isTemplate }) => !isTemplate)?.name;
  return {
    folder,
    commands: [
      ...first,
      `cp ${connector}/templates/config.json ${config}`,
      `${run} --test_connection`,
      `${run} --discover`,
      ...(stream ? [`${run} --load_sample_data --selected_streams_json '["${stream}"]'`] : []),
    ],
    verify: [
      `cp ${quoted(`${here}/templates/config.json`)} ${config}`,
      `mage-connector verify --connector ${quoted(here)} --config ${config}`,
    ],
    hasHole: first.length > 0,
    ...(isTested && {
      tests: `PYTHONPATH=${path} python3 -m unittest ${layout.tests(model).module}.test_${model.uuid}`,
    }),
  };
}

/** A folder as it is named from another one: relative where it is inside of it. */
function fromHere(folder: string, cwd: string): string {
  const path = relative(cwd, folder) || '.';
  return path.startsWith('..') ? folder : path;
}
