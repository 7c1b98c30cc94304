import type { CatalogStream, ColumnSchema } from './catalog.ts';
import { bookmarkOf, keysOf } from './catalog.ts';
import type { Finding } from './finding.ts';

const TYPES = new Set(['string', 'integer', 'number', 'boolean', 'object', 'array']);
/** What singer's Schema drops, so that nothing of it is left for a destination. */
const DROPPED = ['$ref', 'enum', 'oneOf', 'allOf', 'anyOf', 'const'];

/** What no SQL destination of Mage's takes, and what a stream lacks (mage-contract, sections 4 and 5). */
export function catalogFindings(streams: readonly CatalogStream[]): Finding[] {
  if (streams.length === 0)
    return [finding(undefined, 'gives no stream', 'each schema in schemas/ is one, or each table of the database')];
  return [
    ...repeated(streams.map(({ tap_stream_id: name }) => name)).map(name =>
      finding(name, 'is there more than once in the catalog', 'Mage reads the first alone: give each stream a name'),
    ),
    ...streams.flatMap(stream => [...typeFindings(stream), ...columnFindings(stream), ...methodFindings(stream)]),
  ];
}

function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

/** What a bookmark may be of, to be compared. */
const ORDERED = new Set(['string', 'integer', 'number']);
const METHODS = new Set(['FULL_TABLE', 'INCREMENTAL', 'LOG_BASED']);

function methodFindings(stream: CatalogStream): Finding[] {
  const { tap_stream_id: name, schema, replication_method: method } = stream;
  const bookmark = bookmarkOf(stream);
  const types = [schema.properties?.[bookmark ?? '']?.type ?? []].flat().filter(type => type !== 'null');
  const unordered = types.find(type => !ORDERED.has(type));
  return [
    ...(method !== undefined && !METHODS.has(method)
      ? [
          finding(
            name,
            `has the replication method ${method}, which Mage doesn’t know`,
            'write FULL_TABLE or INCREMENTAL',
          ),
        ]
      : []),
    ...(unordered === undefined
      ? []
      : [
          finding(
            name,
            `its bookmark ${bookmark} is of the type ${unordered}, which has no order`,
            'choose a moment or a number that grows with each change',
          ),
        ]),
  ];
}

/** Names as Mage's SQL destinations write them. */
function folded(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9_]/g, '_');
}

/** Columns that are one at a destination, since it has small letters alone. */
function foldedFindings({ tap_stream_id: stream }: CatalogStream, columns: readonly string[]): Finding[] {
  return repeated(columns.map(folded)).map(name =>
    finding(
      stream,
      `${columns.filter(column => folded(column) === name).join(' and ')} are one column at SQL destinations, ${name}`,
      `rename one of them in schemas/${stream}.json, and in its records`,
    ),
  );
}

function typeFindings({ tap_stream_id: stream, schema }: CatalogStream): Finding[] {
  const columns = Object.entries(schema.properties ?? {});
  if (columns.length === 0) return [finding(stream, 'has no columns', `schemas/${stream}.json needs properties`)];
  return columns.flatMap(([name, column]) => {
    const fault = typeFault(column);
    return fault === undefined
      ? []
      : [finding(stream, `${name} ${fault}`, `give ${name} one type in schemas/${stream}.json: ["null", "string"]`)];
  });
}

function typeFault(column: ColumnSchema): string | undefined {
  const types = [column.type ?? []].flat().filter(type => type !== 'null');
  const dropped = DROPPED.find(keyword => keyword in column);
  if (types.length === 0 && dropped !== undefined)
    return `has ${dropped} and no type: every SQL destination fails at it`;
  if (types.length === 0) return 'has no type but null: every SQL destination fails at it';
  const unknown = types.find(type => !TYPES.has(type));
  if (unknown !== undefined) return `has the type ${unknown}, which JSON Schema doesn’t know`;
  if (types.length > 1) return `has the types ${types.join(' and ')}: destinations take the first alone`;
  const inner = [column.items?.type ?? []].flat().filter(type => type !== 'null');
  if (types[0] === 'array' && inner.includes('array'))
    return 'is an array of arrays, which PostgreSQL and BigQuery destinations can’t store';
  return undefined;
}

/** Keys and bookmarks that are no columns. */
function columnFindings(stream: CatalogStream): Finding[] {
  const { tap_stream_id: name, schema, replication_method: method } = stream;
  const columns = schema.properties ?? {};
  const bookmark = bookmarkOf(stream);
  const keys = new Set([...keysOf(stream), ...(stream.key_properties ?? [])]);
  const named = [
    ...[...keys].map(key => ['key', key] as const),
    ...(bookmark ? [['bookmark', bookmark] as const] : []),
  ];
  const missing = named.filter(([, column]) => !(column in columns));
  return [
    ...foldedFindings(stream, Object.keys(columns)),
    ...missing.map(([what, column]) =>
      finding(name, `its ${what} ${column} is no column`, `add ${column} to schemas/${name}.json, or name another`),
    ),
    ...(method === 'INCREMENTAL' && bookmark === undefined
      ? [
          finding(
            name,
            'is incremental without a bookmark: each run reads all',
            'build_catalog_entry has to set bookmark_properties',
          ),
        ]
      : []),
    ...(keysOf(stream).length === 0
      ? [{ ...finding(name, 'has no key: each run appends what it reads', 'give key_properties'), is: 'note' as const }]
      : []),
  ];
}

function finding(stream: string | undefined, what: string, mend: string): Finding {
  return { step: 'discovery', ...(stream !== undefined && { stream }), is: 'fault', what, mend };
}
