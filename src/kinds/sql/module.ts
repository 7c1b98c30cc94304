import type { Composition, RuntimeClass } from '../../python/compose/composition.ts';
import { dictOf, exploded, type Value } from '../../python/compose/values.ts';
import type { QueryStreamModel, SqlModel } from './model.ts';

const PYTHON = 'kinds/sql/python';
/** The class that all sources derive from. */
const ROOT = { module: `${PYTHON}/discovery.py`, class: 'Discovery' };
const PORT = { module: `${PYTHON}/port.py`, class: 'Port' };
const SAVED_QUERIES = { module: `${PYTHON}/saved_queries.py`, class: 'SavedQueries' };

/** What Mage calls. */
const CALLED = ['build_connection', 'build_table_name', 'discover', 'count_records', 'load_data', 'write_records'];

/** The module of an SQL connector: one class, made of the dialect's source and of what the answers ask for. */
export function sqlModule(model: SqlModel): Composition {
  return {
    module: ROOT.module,
    docstring: `${model.name}: ${model.description}`,
    classes: [{ name: ROOT.class, as: model.className, features: sources(model) }],
    rename: {},
    modules: {},
    imports: {},
    values: constants(model),
    roots: CALLED,
    uses: ['test_connection', 'get_forced_replication_method'],
  };
}

function sources({ dialect, driver, sshTunnel, config, streams }: SqlModel): RuntimeClass[] {
  return [
    sshTunnel && dialect.tunnel ? dialect.tunnel : dialect.source,
    ...(driver?.features ?? []),
    ...(config.some(isPort) ? [PORT] : []),
    ...(streams.length > 0 ? [SAVED_QUERIES] : []),
  ];
}

function constants({ driver, config, streams }: SqlModel): Record<string, Value> {
  const port = config.find(isPort);
  return {
    [`${ROOT.class}.REQUIRED`]: config.filter(({ required }) => required).map(({ name }) => name),
    ...(port && { [`${ROOT.class}.DEFAULT_PORT`]: typeof port.default === 'number' ? port.default : null }),
    ...driver?.values(config),
    ...(streams.length > 0 && { STREAMS: exploded(dictOf(streams.map(streamEntry))) }),
  };
}

function isPort({ name }: { readonly name: string }): boolean {
  return name === 'port';
}

function streamEntry(stream: QueryStreamModel): readonly [string, Value] {
  return [stream.name, exploded(streamSettings(stream))];
}

/** What the dict STREAMS says of a saved query. */
export function streamSettings({ keyProperties, replicationMethod, replicationKey }: QueryStreamModel) {
  return {
    key_properties: keyProperties,
    ...(replicationKey !== undefined && { replication_method: replicationMethod, replication_key: replicationKey }),
  };
}
