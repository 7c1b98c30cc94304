import type { ConfigKey } from '../../common/model/connector.ts';

/**
 * What makes one database differ from another: this data, and the Python fragments in `templates/<name>/`, which are
 * `constants` (discovery query and types), `connection` (methods that connect and test), `select` (methods that read)
 * and `functions` (quoting, types and values).
 */
export interface Dialect {
  readonly name: string;
  /** As people write it. */
  readonly label: string;
  /** The keys of Mage's own connector for that database where there is one. */
  readonly config: readonly ConfigKey[];
  /** Packages beyond Mage's own requirements. */
  readonly pythonPackages: readonly string[];
  /** How the driver marks a parameter in a statement. */
  readonly placeholder: string;
  /** The Python expression of the discovery query's parameters. */
  readonly discoverValues: string;
  /** True where a value's Python type doesn't tell its column's type, so that the conversion needs both. */
  readonly valuesNeedTypes: boolean;
  /** What a user has to know, as Markdown paragraphs. */
  readonly notes: readonly string[];
}
