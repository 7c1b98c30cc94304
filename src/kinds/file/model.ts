import type { ConnectorModel, StreamModel } from '../../connector/model.ts';
import type { FileFormat } from './answers.ts';

export interface FileStreamModel extends StreamModel {
  /** A glob pattern, in which `{key}` stands for a configuration key. */
  readonly path: string;
  /** The keys on the way to the records of a JSON file; none: the file itself. */
  readonly recordsPath: readonly string[];
}

/** How CSV files are read where that isn't the standard; each is a configuration key with this default. */
export interface CsvOptions {
  readonly delimiter?: string;
  readonly encoding?: string;
}

export interface FileModel extends ConnectorModel {
  readonly kind: 'file';
  readonly format: FileFormat;
  readonly csv: CsvOptions;
  readonly streams: readonly FileStreamModel[];
  /** What the streams call for, in one place for the templates. */
  readonly uses: {
    /** Some stream has a bookmark. */
    readonly incremental: boolean;
    /** `{key}` stands in a path. */
    readonly placeholders: boolean;
    readonly recordsPath: boolean;
    readonly textColumns: boolean;
  };
}
