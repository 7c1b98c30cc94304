import type { Conversions } from './epochs.ts';

/** The answers about records that make the columns of a stream of them. */
export interface RecordAnswers {
  readonly key_properties?: readonly string[] | undefined;
  readonly replication_key?: string | undefined;
  readonly records_in?: string | undefined;
  readonly records_path?: string | undefined;
  readonly columns_path?: string | undefined;
  readonly column_names?: readonly string[] | undefined;
  readonly value_column?: string | undefined;
  readonly map_key?: string | undefined;
  readonly from_response?: Readonly<Record<string, string>> | undefined;
  readonly parent?: Parent | undefined;
  readonly parents?: readonly Parent[] | undefined;
  readonly remove?: readonly string[] | undefined;
  readonly flatten?: true | readonly string[] | undefined;
  readonly flatten_separator?: string | undefined;
  readonly rename?: Readonly<Record<string, string>> | undefined;
  readonly names?: 'lower' | 'snake' | undefined;
  /** A column, and where a record has it, or its one value. */
  readonly columns?: Readonly<Record<string, string | { readonly value: string | number | boolean }>> | undefined;
  readonly convert?: Conversions | undefined;
  readonly cast?: boolean | undefined;
  readonly keep_when?: string | undefined;
  readonly drop_when?: string | undefined;
  readonly deleted_when?: string | undefined;
  readonly deleted_column?: string | undefined;
}

/** What a column is called that takes a field of a parent. */
interface Parent {
  readonly as: string;
}
