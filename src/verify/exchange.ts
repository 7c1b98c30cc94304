/** A value beside the rows of a response. */
export type Scalar = string | number | boolean | null;

/** A request of a stream's and its response, as the observer beside the connector tells of it. */
export interface Exchange {
  /** Counted from 1 for each stream. */
  readonly exchange: number;
  readonly method: string;
  /** The address that was asked for, and those that it was redirected to. */
  readonly urls: readonly string[];
  /** The body that was sent; null where there was none, or a long one. */
  readonly sent: string | null;
  /** 0 where none came, since the request failed. */
  readonly status: number;
  /** Those whose names have to do with pages. */
  readonly headers: Readonly<Record<string, string>>;
  /** The values beside the rows, by their paths. */
  readonly envelope: Readonly<Record<string, Scalar>>;
  /** How many objects the longest list has; null where there is no list, or the body is no JSON. */
  readonly rows: number | null;
  /** The names of what the first row has, some of them. */
  readonly names: readonly string[];
  /** Texts and whole numbers of the last row. */
  readonly last: readonly (string | number)[];
  /** Whether the response is a record itself, whose lists are its own. */
  readonly isRecord: boolean;
  /** Whether its rows have the stream's keys. */
  readonly isKeyed: boolean;
}

/** Rows of a response that no record came of. */
export interface PageLeft {
  readonly exchange: number;
  readonly rows: number;
  readonly left: number;
  /** Places and keys of the first ones. */
  readonly first: readonly (readonly [position: number, key: readonly string[]])[];
}

/** What the observer tells of a stream at its end. */
export interface StreamLeft {
  readonly pages: readonly PageLeft[];
  /** False where more rows waited for their records than are compared. */
  readonly isCompared: boolean;
  /** False where the run ended in the middle of it. */
  readonly isComplete: boolean;
  /** The records that it yielded first, and the most that it yielded at once. */
  readonly begin: number;
  readonly batch: number;
  /** Megabytes by which memory grew. */
  readonly grown: number;
}

/** What a request asks for, taken apart. */
export interface Asked {
  /** The method, and the address without parameters. */
  readonly target: string;
  /** The parameters, wherever they are sent, by their names. */
  readonly params: ReadonlyMap<string, string>;
}

/** The parameters of a request, those of a JSON body by their paths. */
export function askedOf({ method, urls, sent }: Exchange): Asked {
  const url = new URL(urls[0] ?? '');
  const params = new Map([...url.searchParams, ...sentParams(sent)]);
  return { target: `${method} ${url.origin}${url.pathname}`, params };
}

function sentParams(sent: string | null): [string, string][] {
  if (sent === null) return [];
  try {
    return flattened('', JSON.parse(sent));
  } catch {
    return [...new URLSearchParams(sent)];
  }
}

function flattened(path: string, value: unknown): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[path, String(value)]];
  return Object.entries(value).flatMap(([name, inner]) => flattened(path ? `${path}.${name}` : name, inner));
}

/** A name as it is compared: small letters and digits alone. */
export function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
