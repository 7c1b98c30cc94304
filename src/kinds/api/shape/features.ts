import { placeholdersIn } from '../../../base/placeholders.ts';
import { changes } from '../../../base/text-names.ts';
import type { Constant } from '../../../python/compose/subclass.ts';
import { dictOf, exploded, expression, tuple, type Value } from '../../../python/compose/values.ts';
import { plainText, sharedFormats, templateText, withTexts } from '../../../python/request-texts.ts';
import { isText } from '../../../records/epochs.ts';
import { namesPlace, pathValue } from '../../../records/response-path.ts';
import type { Shape } from '../../../records/shape.ts';
import type { ApiStreamModel } from '../model.ts';
import type { OfflineFeature } from '../offline/features.ts';
import { offlineWhen } from '../offline/features.ts';
import type { PythonFeature } from '../python-feature.ts';

type Streams = readonly Pick<
  ApiStreamModel,
  'shape' | 'recordsIn' | 'columnsPath' | 'columnNames' | 'headerRow' | 'mapValue' | 'casts' | 'keeps' | 'deletedColumn'
>[];

/** What the streams of a connector call for. */
function usesOf(streams: Streams) {
  const some = (part: (shape: Shape) => object) => streams.some(({ shape }) => Object.keys(part(shape)).length > 0);
  return {
    remove: some(({ remove }) => remove),
    flatten: some(({ flatten }) => flatten),
    rename: some(({ rename }) => rename),
    names: streams.some(({ shape }) => shape.names !== undefined),
    columns: some(({ columns }) => columns),
    values: some(({ values }) => values),
    convert: some(({ convert }) => convert),
    dates: streams.some(({ shape }) => Object.values(shape.convert).some(isText)),
    rows: streams.some(({ recordsIn }) => recordsIn === 'rows'),
    objectHeaders: streams.some(({ columnsPath }) => columnsPath?.includes('*') === true),
    ownNames: streams.some(({ columnNames }) => columnNames.length > 0),
    headerRows: streams.some(({ headerRow }) => headerRow),
    mapValues: streams.some(({ mapValue }) => mapValue !== undefined),
    plain: streams.some(({ recordsIn }) => recordsIn === 'values'),
    keeps: streams.some(({ keeps }) => keeps !== undefined),
    deleted: streams.some(({ deletedColumn }) => deletedColumn !== undefined),
    casts: streams.some(({ casts }) => Object.keys(casts).length > 0),
  };
}

/** True where a value has the moments between which the API is asked for records. */
export function hasWindowValues({ shape }: Pick<ApiStreamModel, 'shape'>): boolean {
  const values = Object.values(shape.values).filter(value => typeof value === 'string');
  return placeholdersIn(values).some(({ name }) => changes(name));
}

/** True where a value of some stream has names in braces. */
function hasFilledValues(streams: Streams): boolean {
  const values = streams.flatMap(({ shape }) => Object.values(shape.values));
  return placeholdersIn(values.filter(value => typeof value === 'string')).length > 0;
}

/** The features of `BaseStream` that make columns of fields. */
export function shapeFeatures(streams: Streams, hasParents: boolean): PythonFeature[] {
  const uses = usesOf(streams);
  const when = (needed: boolean, file: string, name: string): PythonFeature[] =>
    needed ? [{ module: `kinds/api/python/streams/${file}.py`, class: name, values: {} }] : [];
  return [
    ...when(uses.rows || uses.plain, 'items', uses.rows ? (uses.plain ? 'RowsAndValues' : 'Rows') : 'Values'),
    ...when(uses.objectHeaders, 'items', 'ObjectHeaders'),
    ...when(uses.ownNames, 'items', 'OwnNames'),
    ...when(uses.headerRows, 'items', 'HeaderRows'),
    ...when(uses.remove, 'shape', 'Removed'),
    ...when(uses.flatten, 'shape', 'Flattened'),
    ...when(uses.rename || uses.names, 'shape', uses.names ? 'CasedNames' : 'Renamed'),
    ...when(uses.columns, 'shape', 'FieldColumns'),
    ...when(uses.values, 'shape', valueColumns(streams, hasParents)),
    ...when(uses.convert, 'epochs', 'Epochs'),
    ...when(uses.keeps, 'conditions', 'KeptRecords'),
    ...when(uses.deleted, 'conditions', 'DeletedRecords'),
    ...when(uses.casts, 'casts', 'Casts'),
  ];
}

/** What adds values to records: in texts with names in braces, with what these stand for. */
function valueColumns(streams: Streams, hasParents: boolean): string {
  if (streams.some(hasWindowValues)) return 'WindowColumns';
  if (!hasFilledValues(streams)) return 'ValueColumns';
  return hasParents ? 'ParentColumns' : 'FilledColumns';
}

/** The features of the offline tests that give an API's records their fields, and of `FakeApi`. */
export function shapeTests(streams: Streams): {
  readonly tests: OfflineFeature[];
  readonly api: OfflineFeature[];
  readonly paths: OfflineFeature[];
  readonly others: boolean;
} {
  const uses = usesOf(streams);
  const { columns, values, convert, dates, rename, names, rows, plain, mapValues, keeps, deleted } = uses;
  return {
    others: columns || values || plain || mapValues || deleted,
    tests: [
      ...offlineWhen(columns, 'shaped_records', 'FieldColumns'),
      ...offlineWhen(values, 'shaped_records', 'ValueColumns'),
      ...offlineWhen(plain, 'shaped_records', 'OneColumn'),
      ...offlineWhen(mapValues, 'shaped_records', 'MapValueColumns'),
      ...offlineWhen(keeps, 'shaped_records', 'KeptRecords'),
      ...offlineWhen(deleted, 'shaped_records', 'DeletedRecords'),
    ],
    api: [
      ...offlineWhen(convert, 'shaped_records', dates ? 'FakeDates' : 'FakeEpochs'),
      ...offlineWhen(rename || names, 'shaped_records', 'FakeNames'),
      ...offlineWhen(columns, 'shaped_records', 'FakeFields'),
    ],
    paths: [
      ...offlineWhen(rows || plain, 'fake_paths', rows ? (plain ? 'FakeRowsAndValues' : 'FakeRows') : 'FakeValues'),
      ...offlineWhen(uses.objectHeaders, 'fake_paths', 'FakeObjectHeaders'),
      ...offlineWhen(uses.ownNames, 'fake_paths', 'FakeOwnNames'),
      ...offlineWhen(uses.headerRows, 'fake_paths', 'FakeHeaderRows'),
    ],
  };
}

/** The constants of a stream that has other columns than fields. */
export function shapeConstants(stream: ApiStreamModel, streams: Streams): Constant[] {
  const { columns, remove, flatten, separator, rename, names, values, convert } = stream.shape;
  const place = namesPlace(stream.columnsPath ?? '');
  const written = (text: string) =>
    hasFilledValues(streams)
      ? templateText(text, { ...sharedFormats(stream.types), counter: stream.counter })
      : plainText(text);
  const lines = (value: object, each: (item: never) => Value) =>
    exploded(dictOf(Object.entries(value).map(([name, item]) => [name, each(item as never)] as const)));
  const entries: readonly (readonly [boolean, string, () => Value])[] = [
    [place.list.length > 0, 'COLUMNS_PATH', () => pathValue(place.list)],
    [place.name.length > 0, 'NAME_PATH', () => pathValue(place.name)],
    [stream.columnNames.length > 0, 'COLUMN_NAMES', () => tuple(stream.columnNames)],
    [stream.headerRow, 'HEADER_ROW', () => true],
    [stream.valueColumn !== 'value', 'VALUE_COLUMN', () => stream.valueColumn],
    [remove.length > 0, 'REMOVE', () => tuple(remove.map(pathValue))],
    [flatten.length > 0, 'FLATTEN', () => tuple(flatten)],
    [separator !== '_', 'SEPARATOR', () => separator],
    [Object.keys(rename).length > 0, 'RENAME', () => lines(rename, (column: string) => column)],
    [names !== undefined, 'NAMES', () => names ?? null],
    [Object.keys(columns).length > 0, 'COLUMNS', () => lines(columns, pathValue)],
    [Object.keys(values).length > 0, 'VALUES', () => lines(values, (value: string) => withTexts(value, written))],
    [Object.keys(convert).length > 0, 'CONVERT', () => lines(convert, expression)],
    [stream.deletedColumn !== undefined, 'DELETED_COLUMN', () => stream.deletedColumn ?? null],
    [Object.keys(stream.casts).length > 0, 'CASTS', () => lines(stream.casts, expression)],
  ];
  return entries.flatMap(([needed, name, value]) => (needed ? [{ name, value: value(), comment: '' }] : []));
}

/** What makes the values of columns, by their types in the schema. */
export function castsOf(schema: ApiStreamModel['schema']): Record<string, string> {
  const functions: Readonly<Record<string, string>> = {
    integer: 'cast_integer',
    number: 'cast_number',
    boolean: 'cast_boolean',
    string: 'cast_text',
  };
  return Object.fromEntries(
    Object.entries(schema.properties).flatMap(([column, { type }]) => {
      const convert = functions[type[1] as string];
      return convert === undefined ? [] : [[column, convert]];
    }),
  );
}
