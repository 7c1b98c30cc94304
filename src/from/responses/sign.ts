import type { RecordedResponse } from '../described.ts';

/** What asks for another page: its address, parameters, or what the names in braces of the request stand for. */
export type NextRequest =
  | { readonly address: string }
  | { readonly params: Readonly<Record<string, string>> }
  | { readonly names: Readonly<Record<string, string>> };

/** A way in which pages may go on, and the request that shows whether they do. */
export interface PagingSign {
  readonly pagination: Readonly<Record<string, unknown>>;
  readonly evidence: string;
  readonly next: NextRequest;
  /** The parameters that ask for the first page by the same means. */
  readonly first: Readonly<Record<string, string>> | undefined;
  /** Those that do where pages are counted from 0. */
  readonly zero?: Readonly<Record<string, string>>;
  /** True where the response itself has what leads on: then there is a page after it. */
  readonly isShown: boolean;
}

/** A first page, and how it was asked for. */
export interface FirstPage {
  readonly response: RecordedResponse;
  readonly recordsPath: string;
  readonly records: readonly unknown[];
  readonly parameters: Readonly<Record<string, string>>;
}
