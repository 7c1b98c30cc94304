import type { ConnectorModel, StreamModel } from '../../connector/model.ts';
import type { SourceParts } from './formats/format.ts';
import type { FormatName } from './formats/registry.ts';
import type { LocationName } from './locations/registry.ts';

export interface FileStreamModel extends StreamModel {
  /** A glob pattern, in which `{key}` stands for a configuration key. */
  readonly path: string;
  /** What the Python of the format needs to know of it, by its names in STREAMS. */
  readonly settings: Readonly<Record<string, readonly string[]>>;
}

export interface FileModel extends ConnectorModel {
  readonly kind: 'file';
  readonly format: FormatName;
  readonly location: LocationName;
  readonly streams: readonly FileStreamModel[];
  /** The Python that its source is made of. */
  readonly source: SourceParts;
}
