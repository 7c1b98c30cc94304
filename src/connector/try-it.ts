import { layoutOf } from '../mage/registry.ts';
import type { ConnectorModel, DeclaredStream } from './model.ts';

/** How a connector is tried out from a shell. */
export interface TryIt {
  /** The folder to be in, relative to the layout's root. */
  readonly folder: string;
  readonly commands: readonly string[];
  /** The command that runs the tests that come with the connector, where there are some. */
  readonly tests?: string;
}

/** The commands that Mage itself runs, for a shell. */
export function tryIt(
  model: ConnectorModel & { readonly streams?: readonly DeclaredStream[] },
  isTested: boolean,
): TryIt {
  const layout = layoutOf(model.layout.kind);
  const { folder, first, path, connector } = layout.shell(model);
  const config = `~/${model.uuid}.json`;
  const run = `PYTHONPATH=${path} python3 ${connector}/__init__.py --config ${config}`;
  const stream = model.streams?.[0]?.name;
  return {
    folder,
    commands: [
      ...first,
      `cp ${connector}/templates/config.json ${config}`,
      `${run} --test_connection`,
      `${run} --discover`,
      ...(stream ? [`${run} --load_sample_data --selected_streams_json '["${stream}"]'`] : []),
    ],
    ...(isTested && {
      tests: `PYTHONPATH=${path} python3 -m unittest ${layout.tests(model).module}.test_${model.uuid}`,
    }),
  };
}
