import type { ConfigTypes } from '../../answers/typed-config-key.ts';
import type { ConnectorModel, StreamModel } from '../../connector/model.ts';
import type { Condition } from '../../records/condition.ts';
import type { Shape } from '../../records/shape.ts';
import type { DateTimes } from '../../schema/typed-columns.ts';
import type { AuthModel } from './auth/auth.ts';
import type { ConfigValues } from './config-keys.ts';
import type { ErrorRule } from './errors/answers.ts';
import type { ForEach } from './for-each/for-each.ts';
import type { Archive } from './formats/archive.ts';
import type { Reading } from './formats/readings.ts';
import type { Listed } from './listed/listed.ts';
import type { Pagination } from './pagination/pagination.ts';
import type { ParamValue } from './request-answers.ts';

/** iso8601, date, epoch_seconds, epoch_milliseconds, a pattern of strftime, or integer for a counter. */
export type BookmarkFormat = string;

export interface ApiStreamModel extends StreamModel {
  /** Where it isn't the connector's; without a slash at its end. */
  readonly baseUrl?: string;
  /** Those of this stream alone. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body is a form, not JSON. */
  readonly form: boolean;
  /** Without a slash at its start. */
  readonly path: string;
  readonly method: 'GET' | 'POST';
  /** The JSON body of every request; undefined for a request without one. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** The GraphQL query. */
  readonly graphql?: string;
  /** Those of a query or a form are text. */
  readonly params: Readonly<Record<string, ParamValue>>;
  /** What is configured has these types in its texts. */
  readonly types: ConfigTypes;
  readonly paramsIn: 'query' | 'body';
  /** The names of the parameters that go into the body. */
  readonly bodyParams: readonly string[];
  /** The path to the records; empty: the response itself. */
  readonly recordsPath: string;
  /** A response without records leaves out the list. */
  readonly omitsEmpty: boolean;
  readonly recordsIn: 'list' | 'object' | 'map' | 'rows' | 'columns' | 'values';
  /** Where a response has the names of the columns of rows. */
  readonly columnsPath?: string;
  /** The names themselves, where no response has them. */
  readonly columnNames: readonly string[];
  /** The first row has them. */
  readonly headerRow: boolean;
  /** The column of records that are values. */
  readonly valueColumn: string;
  /** What makes columns of a record's fields. */
  readonly shape: Shape;
  /** The condition of the records that are kept. */
  readonly keeps?: Condition;
  /** The condition of the records that are deleted, and the column that tells so. */
  readonly isDeleted?: Condition;
  readonly deletedColumn?: string;
  /** The functions of python/streams/casts.py by the columns whose values they make. */
  readonly casts: Readonly<Record<string, string>>;
  readonly mapKey?: string;
  /** The column that takes each value of a map that has no records. */
  readonly mapValue?: string;
  /** The fields and values of the records that are kept. */
  readonly recordFilter: Readonly<Record<string, string | number | boolean>>;
  /** Columns, and where the response has them. */
  readonly fromResponse: Readonly<Record<string, string>>;
  /** The Python types of the columns that text has to be converted to. */
  readonly conversions: Readonly<Record<string, string>>;
  readonly bookmarkParam?: string;
  readonly bookmarkFormat: BookmarkFormat;
  /** In seconds, what the formats tell apart by which the API filters. */
  readonly bookmarkStep: number;
  /** The bookmark is a counter, such as an id, and no moment. */
  readonly counter: boolean;
  /** What is taken of the parents' records: the field by the name that it has here. */
  readonly parents: readonly ParentModel[];
  /** The list that it is asked for by, item by item. */
  readonly forEach?: ForEach;
  /** The list whose records are streams, of which this one has what they have in common. */
  readonly listed?: Listed;
  /** What the children of this stream take of its records. */
  readonly childFields: readonly string[];
  readonly bookmarkEndParam?: string;
  readonly windowDays?: number;
  /** In seconds. */
  readonly lookback: number;
  /** The constants that a run takes of configuration keys, with the least that these may be. */
  readonly numbers: Readonly<Record<string, { readonly key: string; readonly least: number }>>;
  /** The API promises ascending bookmarks. */
  readonly sorted: boolean;
  /** The API promises descending ones. */
  readonly newestFirst: boolean;
  readonly emptyStatuses: readonly number[];
  /** What the client calls its own authentication; undefined where it is the connector's. */
  readonly auth?: string;
  /** What is done about errors, before what the connector's rules say. */
  readonly errors: readonly ErrorRule[];
  /** Where it differs from the connector's. */
  readonly pagination?: Pagination;
  /** What its responses are packed by; undefined for nothing. */
  readonly archive?: Archive | undefined;
  /** How its responses are written; the connector's own object where that is as the connector has it. */
  readonly reading: Reading;
}

export interface ParentModel {
  readonly stream: string;
  readonly className: string;
  readonly moduleName: string;
  readonly fields: Readonly<Record<string, string>>;
  /** Only those of its records are asked by that have changed since the last run. */
  readonly incremental: boolean;
}

/** What would reach another host by a redirect, since requests sends it on. */
export interface RedirectGuard {
  /** The names of the headers that have secrets. */
  readonly headers: readonly string[];
  /** Some request has a secret in its body. */
  readonly bodies: boolean;
}

export interface ApiModel extends ConnectorModel {
  readonly kind: 'api';
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly auth: AuthModel;
  readonly clientCertificate: boolean;
  readonly redirectGuard: RedirectGuard;
  readonly configTypes: ConfigTypes;
  readonly configValues: ConfigValues;
  readonly startDaysAgo?: number;
  /** The configuration may say where streams end. */
  readonly configuredEnd: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly reading: Reading;
  /** Decimals keep all of their digits. */
  readonly exactDecimals: boolean;
  readonly rateLimit?: { readonly calls: number; readonly seconds: number };
  /** The longest wait that the API may ask for, in seconds. */
  readonly maxWait: number;
  /** Paths, and what stands there in a response that is none of a failure. */
  readonly successWhen: Readonly<Record<string, string | number | boolean>>;
  /** What is done about errors of every stream. */
  readonly errors: readonly ErrorRule[];
  readonly pagination: Pagination;
  readonly streams: readonly ApiStreamModel[];
  readonly uses: ApiUses;
}

/** What the streams call for, in one place. */
export interface ApiUses {
  /** Some stream has a bookmark. */
  readonly incremental: boolean;
  /** Some stream's bookmark is a moment. */
  readonly moments: boolean;
  /** Some stream's bookmark is a counter. */
  readonly counters: boolean;
  /** Some stream's moments have a form of their own. */
  readonly valueFormats: boolean;
  /** Some stream has the API filter by its bookmark. */
  readonly serverFilter: boolean;
  /** Some stream has the API filter by a counter. */
  readonly filteredCounters: boolean;
  /** Some stream filters on our side. */
  readonly clientFilter: boolean;
  readonly parents: boolean;
  /** Some stream is asked for by a list. */
  readonly forEach: boolean;
  /** Some streams are found at run time. */
  readonly listed: boolean;
  /** So are columns of them. */
  readonly listedColumns: boolean;
  /** Some stream with parents has a bookmark for each of them. */
  readonly childBookmarks: boolean;
  /** Some stream is asked for by the records of a parent that have changed. */
  readonly changedParents: boolean;
  /** Some parent can't be asked for without a moment to begin at. */
  readonly begunParents: boolean;
  readonly end: boolean;
  readonly windows: boolean;
  readonly lookback: boolean;
  /** Some stream ends with a page of what is old. */
  readonly newestFirst: boolean;
  /** Some stream moves the state before its end. */
  readonly checkpoints: boolean;
  /** Those of moments that the API filters by, each once and sorted. */
  readonly bookmarkFormats: readonly BookmarkFormat[];
  readonly textColumns: boolean;
  /** Some stream isn't asked for by GET. */
  readonly body: boolean;
  readonly bodyParams: boolean;
  readonly graphql: boolean;
  readonly emptyStatuses: boolean;
  /** Errors have rules, for all streams or for some. */
  readonly errors: boolean;
  /** Some path to the records has more than keys. */
  readonly walk: boolean;
  /** Some path to what is beside the records has more than keys. */
  readonly steps: boolean;
  readonly recordsIn: boolean;
  readonly maps: boolean;
  readonly objects: boolean;
  readonly mapKey: boolean;
  readonly mapValues: boolean;
  readonly columnLists: boolean;
  /** Some stream's responses may leave out the list. */
  readonly omitsEmpty: boolean;
  /** Responses say that they are none of a failure. */
  readonly successWhen: boolean;
  /** Some stream has keys. */
  readonly keys: boolean;
  /** Some stream has none. */
  readonly keyless: boolean;
  readonly recordFilter: boolean;
  readonly fromResponse: boolean;
  /** Some column holds integers. */
  readonly integers: boolean;
  /** Where columns, or the properties of objects, hold moments by their schema. */
  readonly dateTimes: DateTimes;
  /** Some column's text has to be converted. */
  readonly conversions: boolean;
  /** Some stream's responses are written otherwise than the connector's. */
  readonly ownFormats: boolean;
  /** Some stream's responses are files. */
  readonly files: boolean;
  /** Some pagination follows addresses. */
  readonly followsAddresses: boolean;
  /** Texts of requests have what changes within a run, or what keeps its type. */
  readonly texts: boolean;
  /** Some stream has headers of its own. */
  readonly streamHeaders: boolean;
  /** Some stream's body is a form. */
  readonly forms: boolean;
  /** `{today}` or `{now}` stands somewhere. */
  readonly clock: boolean;
  /** `{key}` stands in the base URL, in a path, a header, a parameter or a body. */
  readonly placeholders: {
    readonly baseUrl: boolean;
    readonly paths: boolean;
    readonly headers: boolean;
    readonly streamHeaders: boolean;
    readonly params: boolean;
    readonly body: boolean;
    /** Some of those keys may have no value. */
    readonly optional: { readonly headers: boolean; readonly params: boolean; readonly body: boolean };
  };
}
