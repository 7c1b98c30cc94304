/** How sure something is: its source says it, it follows from what that says, or it is what is usual. */
export type Grade = 'said' | 'inferred' | 'guessed';

/** Something that was understood, how surely, and what shows it: a few words for a table and a comment. */
export interface Understood<Value = unknown> {
  readonly value: Value;
  readonly grade: Grade;
  readonly evidence: string;
}

/**
 * Answers as they were understood, by the names that an answers file has for them. What isn't known is left out.
 * No value has a secret in it.
 */
export type UnderstoodAnswers = Readonly<Record<string, Understood | undefined>>;

/** Something that can't be taken over, and the answer or the point of the code that does it. */
export interface Loss {
  readonly what: string;
  /** Such as "the answer pagination", or "get_records of the stream". */
  readonly instead: string;
}

/** A configuration key, as the answer `config` has it. */
export interface DescribedKey {
  readonly name: string;
  readonly description?: string;
  readonly default?: string | number | boolean;
  readonly secret?: boolean;
  readonly type?: 'list' | 'integer' | 'number' | 'boolean' | 'date';
  /** What it stands for, by what may be configured. */
  readonly values?: Readonly<Record<string, string>>;
}

/** What was understood of an API as a whole. */
export interface ApiUnderstood extends UnderstoodAnswers {
  /** The connector's name. */
  readonly name?: Understood<string>;
  readonly description?: Understood<string>;
  readonly documentation_url?: Understood<string>;
  /** With {key} for its variables, which are among `config`. */
  readonly base_url?: Understood<string>;
  readonly config?: Understood<readonly DescribedKey[]>;
  readonly auth?: Understood<Readonly<Record<string, unknown>>>;
  readonly headers?: Understood<Readonly<Record<string, string>>>;
  readonly pagination?: Understood<Readonly<Record<string, unknown>>>;
}

/** What was understood of a stream. */
export interface StreamUnderstood extends UnderstoodAnswers {
  /** Below the base URL, with {name} for what parents or the configuration give. */
  readonly path: Understood<string>;
  /** Its own, where it isn't the API's. */
  readonly base_url?: Understood<string>;
  readonly headers?: Understood<Readonly<Record<string, string>>>;
  readonly auth?: Understood<Readonly<Record<string, unknown>>>;
  readonly method?: Understood<'GET' | 'POST'>;
  readonly params?: Understood<Readonly<Record<string, string>>>;
  readonly body?: Understood<Readonly<Record<string, unknown>>>;
  /** Where parameters, and those of paging, are sent; left out for the query. */
  readonly params_in?: Understood<'query' | 'body'>;
  /** Empty where the response itself is the list; left out where it isn't known. */
  readonly records_path?: Understood<string>;
  readonly records_in?: Understood<'list' | 'object' | 'map' | 'rows' | 'columns' | 'values'>;
  readonly pagination?: Understood<Readonly<Record<string, unknown>>>;
  readonly key_properties?: Understood<readonly string[]>;
  readonly replication_key?: Understood<string>;
  readonly bookmark_param?: Understood<string>;
  readonly bookmark_format?: Understood<string>;
  readonly parent?: Understood<DescribedParent>;
  readonly parents?: Understood<readonly DescribedParent[]>;
}

/** A parent, as the answer of that name has it. */
export interface DescribedParent {
  readonly stream: string;
  readonly field: string;
  readonly as: string;
}

/** One list of records that an API has. */
export interface DescribedStream {
  /** Letters, digits, _ and -, and no other stream of the API has it. */
  readonly name: string;
  /** What it is, in a line, for tables and lists; empty where nothing says it. */
  readonly title: string;
  /** The answers but its name and its schema. */
  readonly answers: StreamUnderstood;
  /** The JSON Schema of a record, whole in itself: no `$ref` is left. Left out where it isn't known. */
  readonly schema?: Understood<Readonly<Record<string, unknown>>>;
  /**
   * The request parameters that it takes beyond those among its answers, with values that were seen, or empty text: how pages
   * go on is looked for among them.
   */
  readonly parameters: Readonly<Record<string, string>>;
  /** Whole responses that were recorded, from which is found what is left open. */
  readonly responses: readonly RecordedResponse[];
  readonly losses: readonly Loss[];
}

/** A response as it was seen, and how it was asked for. */
export interface RecordedResponse {
  /** The address with its request parameters; parameters that have secrets are left out. */
  readonly url: string;
  /** The fields of its body that are request parameters, as texts. */
  readonly sent: Readonly<Record<string, string>>;
  /** In lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** An API as a description of it was understood. */
export interface DescribedApi {
  readonly answers: ApiUnderstood;
  readonly streams: readonly DescribedStream[];
  /** Credentials that stood in the source, by their configuration keys: for requests of this run, never written or shown. */
  readonly credentials: Readonly<Record<string, string>>;
  /** What to know of the whole. */
  readonly notes: readonly string[];
}
