import type { ConnectorModel, StreamModel } from '../common/model/connector.ts';
import type { AuthAnswer, PaginationAnswer } from './answers.ts';

export type BookmarkFormat = 'iso8601' | 'date' | 'epoch_seconds' | 'epoch_milliseconds';

export interface ApiStreamModel extends StreamModel {
  /** Without a slash at its start. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  /** The keys on the way to the records; none: the response itself. */
  readonly recordsPath: readonly string[];
  readonly bookmarkParam?: string;
  readonly bookmarkFormat: BookmarkFormat;
  /** Where it differs from the connector's. */
  readonly pagination?: PaginationAnswer;
}

export interface ApiModel extends ConnectorModel {
  readonly kind: 'api';
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly auth: AuthAnswer;
  readonly headers: Readonly<Record<string, string>>;
  readonly pagination: PaginationAnswer;
  readonly streams: readonly ApiStreamModel[];
  /** What the streams call for, in one place for the templates. */
  readonly uses: {
    /** Some stream has a bookmark. */
    readonly incremental: boolean;
    /** Some stream has the API filter by its bookmark. */
    readonly serverFilter: boolean;
    /** Some stream filters on our side. */
    readonly clientFilter: boolean;
    readonly bookmarkFormats: readonly BookmarkFormat[];
    readonly textColumns: boolean;
    readonly params: boolean;
    /** Some stream has cursor pagination. */
    readonly cursor: boolean;
    /** `{key}` stands in the base URL, in a path or in a header. */
    readonly placeholders: {
      readonly baseUrl: boolean;
      readonly paths: boolean;
      readonly headers: boolean;
      readonly params: boolean;
    };
  };
}
