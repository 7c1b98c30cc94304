import type { ConfigKey } from '../../../connector/model.ts';
import type { RuntimeClass } from '../../../python/compose/composition.ts';
import type { Value } from '../../../python/compose/values.ts';
import type { DriverAnswers } from '../driver-answers.ts';

/** What makes one database differ from another; how it is read is said by its `dialect.py`. */
export interface Dialect {
  /** As people write it. */
  readonly label: string;
  /** The keys of Mage's own connector for that database where there is one. */
  readonly config: readonly ConfigKey[];
  /** Packages beyond Mage's own requirements. */
  readonly pythonPackages: readonly string[];
  /** The source that reads it, derived from `SqlSource`. */
  readonly source: RuntimeClass;
  /** The same source where an SSH tunnel leads to the database, derived from `SshTunnel`; null where none can. */
  readonly tunnel: RuntimeClass | null;
  /** What the answers of a driver make of it; null where it has its own driver. */
  readonly withDriver: ((answers: DriverAnswers) => DriverParts) | null;
  readonly sqlText: SqlText;
  /** What a user has to know, as Markdown paragraphs. */
  readonly notes: readonly string[];
}

/** What is known of a dialect only once the answers have named a driver. */
export interface DriverParts {
  readonly config: readonly ConfigKey[];
  readonly pythonPackages: readonly string[];
  /** Features of the dialect's source. */
  readonly features: readonly RuntimeClass[];
  /** Constants of its modules, by the configuration that the connector has in the end. */
  readonly values: (config: readonly ConfigKey[]) => Readonly<Record<string, Value>>;
}

/** How texts and comments in SQL differ from the standard's, by which a saved query is checked. */
export interface SqlText {
  /** A backslash in a text escapes what follows. */
  readonly backslashEscapes: boolean;
  /** A comment begins with # as well. */
  readonly hashComments: boolean;
  /** Names may stand in [brackets]. */
  readonly brackets: boolean;
}

export const STANDARD_TEXT: SqlText = { backslashEscapes: false, hashComments: false, brackets: false };

/** A note for dialects that have schemas. */
export const SEVERAL_SCHEMAS =
  'With several schemas, the streams are called `schema.table`, in `tables` and `exclude_tables` too.';

/** A class in the folder of a dialect. */
export function inDialect(folder: string, name: string, file = 'dialect'): RuntimeClass {
  return { module: `kinds/sql/dialects/${folder}/${file}.py`, class: name };
}

/** The configuration of a database that speaks another's protocol, but listens at a port of its own. */
export function withPort(config: readonly ConfigKey[], port: number): readonly ConfigKey[] {
  return config.map(key => (key.name === 'port' ? { ...key, default: port } : key));
}
