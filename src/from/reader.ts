import type { DescribedApi } from './described.ts';

/** What `--from` named, read once. */
export interface Source {
  /** As messages have it: the file, the address without its query, or "standard input". */
  readonly name: string;
  readonly text: string;
  /** The file, absolute, where it is one: further files are read below its folder alone. */
  readonly file: string | undefined;
  /** The address as given, where it is one; it may have secrets in it. */
  readonly address: string | undefined;
  /** True where the address was asked a reader's question: then it is an API, and not only the place of a description. */
  readonly isAsked?: boolean;
  /** The headers that were given for it, which may be secrets. */
  readonly headers: Readonly<Record<string, string>>;
  /** The headers that the address answered with, in lower case. */
  readonly responseHeaders: Readonly<Record<string, string>>;
}

/** A kind of description that APIs have. */
export interface Reader {
  /** What messages call it, such as "OpenAPI description". */
  readonly name: string;
  /** True for what is of this kind, found out without reading all of it. */
  recognises(source: Source): boolean;
  /** The JSON that an API which describes itself is asked by POST; undefined for addresses that don't look like one. */
  question?(address: URL): Promise<object | undefined>;
  /** Understands it; what is heavy is loaded here. Throws a UserError for what can't be read. */
  read(source: Source): Promise<DescribedApi>;
}
