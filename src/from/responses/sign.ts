import type { RecordedResponse } from '../described.ts';

/** What asks for another page. */
export type NextRequest = { readonly address: string } | { readonly params: Readonly<Record<string, string>> };

/** A way in which pages may go on, and the request that shows whether they do. */
export interface PagingSign {
  readonly pagination: Readonly<Record<string, unknown>>;
  readonly evidence: string;
  readonly next: NextRequest;
  /** The parameters that ask for the first page by the same means, whose number may be 0 or 1. */
  readonly first: Readonly<Record<string, string>> | undefined;
}

/** A first page, and how it was asked for. */
export interface FirstPage {
  readonly response: RecordedResponse;
  readonly recordsPath: string;
  readonly records: readonly unknown[];
  readonly parameters: Readonly<Record<string, string>>;
}
