import type { ConfigKey } from '../../../connector/model.ts';
import type { Value } from '../../../python/compose/values.ts';
import type { SourceParts } from '../formats/format.ts';

/** All that there is about one place that files are read from; locations/registry.ts lists them. */
export interface FileLocation<Name extends string> {
  /** As the answer `location` has it. */
  readonly name: Name;
  /** What a path has to be, after `must be`. */
  readonly pathForm: string;
  isPath(path: string): boolean;
  /** Explains the path where it is asked for. */
  readonly pathHelp: string;
  readonly config: readonly ConfigKey[];
  /** A paragraph of the README. */
  readonly note: string;
  /**
   * Its Python; the classes have `find_files`. `defaults` are those of the configuration keys that stand in paths; undefined
   * where there are no such keys.
   */
  source(defaults: Readonly<Record<string, Value>> | undefined): SourceParts;
}

/** A location, with its name as a type. */
export function fileLocation<const Name extends string>(location: FileLocation<Name>): FileLocation<Name> {
  return location;
}
