import type { ConfigKey } from '../../connector/model.ts';
import type { Composition, RuntimeClass } from '../../python/compose/composition.ts';
import { exploded } from '../../python/compose/values.ts';
import { typedColumns } from '../../schema/typed-columns.ts';
import type { FileAnswers } from './answers.ts';
import { placeholders } from './config.ts';
import type { SourceParts } from './formats/format.ts';
import { formatNamed } from './formats/registry.ts';
import { locationNamed } from './locations/registry.ts';
import type { FileModel, FileStreamModel } from './model.ts';
import { streamSettings } from './registry.ts';

const TEXT_COLUMNS: RuntimeClass = { module: 'kinds/file/python/text_columns.py', class: 'TextColumns' };
const VALUE_FORMATS: RuntimeClass = { module: 'kinds/file/python/value_formats.py', class: 'ValueFormats' };
const KEYS: RuntimeClass = { module: 'kinds/file/python/keys.py', class: 'Keys' };
const INCREMENTAL_KEYS: RuntimeClass = { module: 'kinds/file/python/incremental_keys.py', class: 'IncrementalKeys' };
const INCREMENTAL: RuntimeClass = { module: 'kinds/file/python/incremental.py', class: 'Incremental' };

/** The Python that a connector's answers call for. */
export function sourceParts(
  answers: FileAnswers,
  config: readonly ConfigKey[],
  streams: readonly FileStreamModel[],
): SourceParts {
  const format = formatNamed(answers.format).source(answers);
  const location = locationNamed(answers.location).source(defaults(answers, config));
  const hasTextColumns = streams.some(({ textColumns }) => textColumns.length > 0);
  return {
    features: [
      ...format.features,
      ...location.features,
      ...(hasTextColumns ? [TEXT_COLUMNS] : []),
      ...replication(streams),
      ...valueFeatures(streams),
      ...(streams.some(({ valueFormat }) => valueFormat !== undefined) ? [VALUE_FORMATS] : []),
    ],
    values: { ...format.values, ...location.values },
  };
}

/** Columns of types that destinations hold in one form alone. */
function valueFeatures(streams: readonly FileStreamModel[]): readonly RuntimeClass[] {
  const { integers, dateTimes } = typedColumns(streams.map(({ schema }) => schema));
  const names = [
    ...(integers ? ['Integers'] : []),
    ...(dateTimes === 'none' ? [] : [dateTimes === 'nested' ? 'NestedDateTimes' : 'DateTimes']),
  ];
  return names.map(name => ({ module: 'kinds/file/python/values.py', class: name }));
}

/** A key comes once in a run, its newest version where bookmarks tell which that is. */
function replication(streams: readonly FileStreamModel[]): readonly RuntimeClass[] {
  const hasKeys = streams.some(({ keyProperties }) => keyProperties.length > 0);
  if (hasKeys) return [isIncremental(streams) ? INCREMENTAL_KEYS : KEYS];
  return isIncremental(streams) ? [INCREMENTAL] : [];
}

/** True where some stream has a bookmark. */
export function isIncremental(streams: readonly FileStreamModel[]): boolean {
  return streams.some(({ replicationKey }) => replicationKey !== undefined);
}

/** The defaults of the keys that stand in paths; undefined where there are no such keys. */
function defaults(
  answers: FileAnswers,
  config: readonly ConfigKey[],
): Record<string, string | number | boolean> | undefined {
  const names = placeholders(answers);
  if (names.length === 0) return undefined;
  const keys = config.flatMap(key =>
    names.includes(key.name) && key.default !== undefined ? [[key.name, key.default] as const] : [],
  );
  return Object.fromEntries(keys);
}

/** The connector's one module. */
export function sourceModule({ name, description, className, streams, source }: FileModel): Composition {
  return {
    module: 'kinds/file/python/source.py',
    docstring: `${name}: ${description}`,
    classes: [{ name: 'FileSource', as: className, features: source.features }],
    rename: {},
    modules: {},
    imports: {},
    values: { ...source.values, STREAMS: exploded(Object.fromEntries(streams.map(streamValue))) },
    roots: ['build_catalog_entry', 'test_connection', 'load_data'],
    // What Mage calls as well, if a feature has it.
    uses: ['write_records'],
  };
}

function streamValue(stream: FileStreamModel) {
  return [stream.name, exploded(streamSettings(stream))] as const;
}
