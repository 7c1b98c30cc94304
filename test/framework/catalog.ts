/** One entry of a stream's metadata: its own has an empty breadcrumb, a column's is ['properties', name]. */
export interface Metadata {
  readonly breadcrumb: readonly string[];
  readonly metadata: Record<string, unknown>;
}

export interface CatalogStream {
  readonly tap_stream_id: string;
  readonly stream: string;
  readonly schema: { readonly type?: unknown; readonly properties: Record<string, Record<string, unknown>> };
  readonly metadata: readonly Metadata[];
  readonly key_properties: readonly string[];
  readonly replication_key?: string;
  readonly replication_method: string;
  readonly bookmark_properties?: readonly string[];
  readonly unique_constraints?: readonly string[];
  readonly unique_conflict_method?: string;
  readonly [part: string]: unknown;
}

/** What discovery prints. */
export interface Catalog {
  readonly streams: readonly CatalogStream[];
}

/** What a user sets for a stream in Mage's UI; what isn't given stays as discovered. */
export interface Choice {
  readonly replicationMethod?: 'FULL_TABLE' | 'INCREMENTAL' | 'LOG_BASED';
  readonly bookmarkProperties?: readonly string[];
  readonly uniqueConstraints?: readonly string[];
  /** Columns that are not selected. */
  readonly without?: readonly string[];
}

/** The catalog as Mage's UI stores it when all streams, or those named, are selected with all columns. */
export function selectAll(catalog: Catalog, choice: Choice = {}, streams?: readonly string[]): Catalog {
  return {
    streams: catalog.streams
      .filter(stream => !streams || streams.includes(stream.tap_stream_id))
      .map(stream => select(stream, choice)),
  };
}

function select(stream: CatalogStream, choice: Choice): CatalogStream {
  const { replicationMethod, bookmarkProperties, uniqueConstraints, without = [] } = choice;
  return {
    ...stream,
    ...(replicationMethod && { replication_method: replicationMethod }),
    ...(bookmarkProperties && { bookmark_properties: bookmarkProperties }),
    ...(uniqueConstraints && { unique_constraints: uniqueConstraints, unique_conflict_method: 'UPDATE' }),
    metadata: stream.metadata.map(({ breadcrumb, metadata }) => ({
      breadcrumb,
      metadata: { ...metadata, selected: !without.includes(breadcrumb[1] ?? '') },
    })),
  };
}
