import type { ConnectorModel, StreamModel } from './model/connector.ts';

/** How a connector is tried out from a shell. */
export interface TryIt {
  /** The folder to be in, relative to the layout's root. */
  readonly folder: string;
  readonly commands: readonly string[];
}

/**
 * The commands that Mage itself runs, for a shell. A standalone connector runs where Mage's framework can import it, so
 * it is copied there first.
 */
export function tryIt(model: ConnectorModel & { readonly streams?: readonly StreamModel[] }): TryIt {
  const { kind } = model.layout;
  const folder = kind === 'core' ? 'mage_integrations' : '.';
  const script =
    kind === 'core'
      ? `mage_integrations/sources/${model.uuid}/__init__.py`
      : kind === 'project'
        ? `${model.folder}/__init__.py`
        : `$MAGE/mage_integrations/sources/${model.uuid}/__init__.py`;
  const config = `~/${model.uuid}.json`;
  const run = `${kind === 'standalone' ? 'PYTHONPATH=$MAGE' : 'PYTHONPATH=.'} python ${script} --config ${config}`;
  const stream = model.streams?.[0]?.name;
  const sample = stream && `${run} --load_sample_data --selected_streams_json '["${stream}"]'`;
  return {
    folder,
    commands: [
      ...(kind === 'standalone'
        ? [`MAGE=path/to/mage-ai/mage_integrations`, `cp -R ${model.folder} $MAGE/mage_integrations/sources/`]
        : []),
      `cp ${kind === 'core' ? script.replace('__init__.py', 'templates/config.json') : `${model.folder}/templates/config.json`} ${config}`,
      `${run} --test_connection`,
      `${run} --discover`,
      ...(sample ? [sample] : []),
    ],
  };
}
