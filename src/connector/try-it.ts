import { testPlace } from '../mage/tests.ts';
import type { ConnectorModel, DeclaredStream } from './model.ts';

/** How a connector is tried out from a shell. */
export interface TryIt {
  /** The folder to be in, relative to the layout's root. */
  readonly folder: string;
  readonly commands: readonly string[];
  /** The command that runs the tests that come with the connector, where there are some. */
  readonly tests?: string;
}

/**
 * The commands that Mage itself runs, for a shell. A standalone connector runs where Mage's framework can import it, so
 * it is copied there first.
 */
export function tryIt(
  model: ConnectorModel & { readonly streams?: readonly DeclaredStream[] },
  isTested: boolean,
): TryIt {
  const { kind } = model.layout;
  const { folder, path, connector } = PLACES[kind](model);
  const config = `~/${model.uuid}.json`;
  const run = `PYTHONPATH=${path} python3 ${connector}/__init__.py --config ${config}`;
  const stream = model.streams?.[0]?.name;
  return {
    folder,
    commands: [
      ...(kind === 'standalone'
        ? ['MAGE=path/to/mage-ai/mage_integrations', `cp -R ${quoted(model.folder)} $MAGE/mage_integrations/sources/`]
        : []),
      `cp ${connector}/templates/config.json ${config}`,
      `${run} --test_connection`,
      `${run} --discover`,
      ...(stream ? [`${run} --load_sample_data --selected_streams_json '["${stream}"]'`] : []),
    ],
    ...(isTested && { tests: `PYTHONPATH=${path} python3 -m unittest ${testPlace(model).module}.test_${model.uuid}` }),
  };
}

/** Where to be, what Python imports from, and where the connector is from there. */
const PLACES = {
  core: ({ folder }: ConnectorModel) => ({
    folder: 'mage_integrations',
    path: '.',
    connector: quoted(folder.replace(/^mage_integrations\//, '')),
  }),
  project: ({ folder }: ConnectorModel) => ({ folder: '.', path: '.', connector: quoted(folder) }),
  standalone: ({ uuid }: ConnectorModel) => ({
    folder: '.',
    path: '$MAGE',
    connector: `$MAGE/mage_integrations/sources/${uuid}`,
  }),
};

/** A path as a shell takes it. */
function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
