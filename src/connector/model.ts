import type { ConnectorNames, StreamNames } from '../base/names.ts';
import type { Layout } from '../mage/layout.ts';
import type { StreamSchema } from '../schema/dialect.ts';
import type { WrittenColumns } from '../schema/write/written.ts';

/** A key of the connector's configuration: from this one list come templates/config.json, the README's table and the checks in Python. */
export interface ConfigKey {
  readonly name: string;
  readonly description: string;
  /** True where a run without it fails. */
  readonly required: boolean;
  readonly default?: string | number | boolean;
  readonly secret: boolean;
  /** What may be configured, where that is not any value. */
  readonly choices?: readonly string[];
  /** True where it only follows from a `{placeholder}`, so that the answers may say more about it. */
  readonly derived?: boolean;
}

/** What every kind of connector has, resolved: nothing here is left to derive. */
export interface ConnectorModel extends ConnectorNames {
  /** The name of its kind, as the registry of kinds has it. */
  readonly kind: string;
  /** One sentence. */
  readonly description: string;
  readonly documentationUrl?: string;
  readonly layout: Layout;
  /** The connector's folder, relative to the layout's root. */
  readonly folder: string;
  /** What the connector's own modules are imported from, such as `mage_integrations.sources.acme_crm`. */
  readonly importRoot: string;
  readonly config: readonly ConfigKey[];
  /** Packages beyond Mage's own requirements, as in a requirements file. */
  readonly pythonPackages: readonly string[];
}

export type ReplicationMethod = 'FULL_TABLE' | 'INCREMENTAL';

/** What every stream has that the answers declare. */
export interface DeclaredStream extends StreamNames {
  readonly keyProperties: readonly string[];
  readonly replicationMethod: ReplicationMethod;
  readonly replicationKey?: string;
  /** True where it is what several streams have in common, which are found when the connector runs. */
  readonly isTemplate?: boolean;
}

/** A stream whose schema is declared as well (API and file connectors). */
export interface StreamModel extends DeclaredStream {
  readonly schema: StreamSchema;
  /** How the values of the replication key write a moment, where that isn't plain to see. */
  readonly valueFormat?: string;
  /** The forms of moments that all texts of the replication key in the sample have; undefined where it has none. */
  readonly momentFormats?: readonly string[];
  /** Columns of type string whose values are of several types, which the connector writes as JSON text. */
  readonly textColumns: readonly string[];
  /** The response that was given as a sample, on which paths can be tried. */
  readonly sample?: unknown;
  /** Columns that the sample has no value of, so that a string only stands in for their type. */
  readonly untypedColumns?: readonly string[];
  /** The text of the schema that stands in the connector already, brought up to date. */
  readonly schemaText?: string;
  /** What is to be recorded of that schema, where it was brought up to date. */
  readonly written?: WrittenColumns;
}
