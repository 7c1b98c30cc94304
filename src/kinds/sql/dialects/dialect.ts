import type { ConfigKey } from '../../../connector/model.ts';

/**
 * What makes one database differ from another: this data, and the Python fragments in a folder of `templates/`, which are
 * `imports`, `constants` (discovery query and types), `connection` (methods that connect and test), `rows` (the method
 * that runs a statement), `functions` (quoting, types and values, with `parameter`, which makes of a bookmark what it is
 * compared as) and `described` (the method that tells the columns of a saved query: their names, and their types as the
 * discovery query has them).
 */
export interface Dialect {
  readonly name: string;
  /** The folder of its fragments, which databases with one protocol share. */
  readonly templates: string;
  /** As people write it. */
  readonly label: string;
  /** The keys of Mage's own connector for that database where there is one. */
  readonly config: readonly ConfigKey[];
  /** Packages beyond Mage's own requirements. */
  readonly pythonPackages: readonly string[];
  /** How a parameter is marked in a statement. */
  readonly placeholder: string;
  /** Statements at the beginning of each session, where the fragment `rows` is that of all drivers. */
  readonly session?: readonly string[];
  /** Where `schema` is configuration: the Python expression of its default, and the query that lists all schemas. */
  readonly schemas?: { readonly default: string; readonly query: string };
  /** The Python expression of what discovery goes through: a row for each column. */
  readonly discovered: string;
  /** How rows are counted, where that isn't `count(*)`. */
  readonly count?: string;
  /** The Python expression of what a table without a key is ordered by, for each `column`. */
  readonly keylessOrder: string;
  /** Why it isn't the column itself. */
  readonly keylessOrderReason?: string;
  /** How a statement is cut to `limit` rows after the first `offset`, and the parameters in their order. */
  readonly page: string;
  readonly pageValues: string;
  /** The Python expression of a `limit` that is none, where that isn't the greatest number. */
  readonly unlimited?: string;
  /** True where the connector itself puts values into statements, by `literal` of the fragment `functions`, and doubles `%` in names. */
  readonly completesStatements?: boolean;
  /** True where the driver's module tells how parameters are marked, so that `bound` puts marks in the place of NUL. */
  readonly marksByDriver?: boolean;
  /** What names stand in, where that isn't the standard's quotation marks. */
  readonly quotes?: readonly [open: string, close: string];
  /** True where no statement can be cut, so that the connector skips the rows that it doesn't want. */
  readonly skipsRows?: boolean;
  /** True where an index of the primary key is counted faster than the table, and that key holds: no null, no value twice. */
  readonly seeksByKey?: boolean;
  /** True where it can be reached through an SSH tunnel, by its `connection_settings`. */
  readonly tunnels?: boolean;
  /** The driver, where the answers name one. */
  readonly driver?: Driver;
  /** The method that reads records, where that isn't `_rows`. */
  readonly recordRows?: string;
  /** True where `(a, b) >= (x, y)` is known; otherwise it is spelt out. */
  readonly comparesRows: boolean;
  /** True where `expression` of the fragment `functions` says what is selected for a column, not its name alone. */
  readonly selectsExpressions: boolean;
  /** True where a value's Python type doesn't tell its column's type, so that the conversion needs both. */
  readonly valuesNeedTypes: boolean;
  /** How texts and comments in SQL differ from the standard's, by which a saved query is checked. */
  readonly sqlText?: {
    /** A backslash in a text escapes what follows. */
    readonly backslashEscapes?: boolean;
    /** A comment begins with # as well. */
    readonly hashComments?: boolean;
    /** Names may stand in [brackets]. */
    readonly brackets?: boolean;
  };
  /** What a user has to know, as Markdown paragraphs. */
  readonly notes: readonly string[];
}

/** What the answers say of a driver that Mage knows nothing of. */
export interface Driver {
  readonly module: string;
  /** The arguments of `connect`, in which `{key}` stands for a configuration key. */
  readonly connect: Readonly<Record<string, string | number | boolean>>;
  /** True where configuration keys stand in them. */
  readonly configured: boolean;
  /** The query of the catalogue, with NUL for the schema. */
  readonly catalogue: string;
  /** How often it asks for the schema. */
  readonly schemas: number;
}

/** The configuration of a database that speaks another's protocol, but listens at a port of its own. */
export function withPort(config: readonly ConfigKey[], port: number): readonly ConfigKey[] {
  return config.map(key => (key.name === 'port' ? { ...key, default: port } : key));
}
