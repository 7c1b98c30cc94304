/** A column of a stream's schema, in the JSON Schema that Mage writes. */
export interface ColumnSchema {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly items?: ColumnSchema;
  readonly [keyword: string]: unknown;
}

/** A stream as discovery prints it. */
export interface CatalogStream {
  readonly tap_stream_id: string;
  readonly schema: { readonly properties?: Readonly<Record<string, ColumnSchema>> };
  readonly metadata: readonly { readonly breadcrumb: readonly string[]; readonly metadata: object }[];
  readonly key_properties?: readonly string[];
  readonly replication_method?: string;
  readonly replication_key?: string;
  readonly bookmark_properties?: readonly string[] | null;
  readonly unique_constraints?: readonly string[] | null;
}

/** The column that a stream's state is kept of; undefined for a stream that is read whole. */
export function bookmarkOf(stream: CatalogStream): string | undefined {
  if (stream.replication_method !== 'INCREMENTAL') return undefined;
  return stream.replication_key || stream.bookmark_properties?.[0];
}

/** The columns that a record is known by at the destination. */
export function keysOf({ key_properties, unique_constraints }: CatalogStream): readonly string[] {
  return unique_constraints?.length ? unique_constraints : (key_properties ?? []);
}

/** Streams with all their columns, selected or not, as Mage's page stores them. */
export function withSelection(streams: readonly CatalogStream[], selected: boolean): object {
  return {
    streams: streams.map(stream => ({
      ...stream,
      metadata: stream.metadata.map(({ breadcrumb, metadata }) => ({
        breadcrumb,
        metadata: { ...metadata, selected },
      })),
    })),
  };
}
