import type { DescribedKey, DescribedStream } from '../described.ts';
import type { FoundBookmark } from './bookmark.ts';
import type { Endpoint } from './endpoint.ts';
import type { FoundList } from './found-list.ts';
import type { FoundKey } from './key.ts';
import type { Paging } from './paging-facts.ts';
import type { Shape, Shapes } from './shape.ts';

/** An endpoint that has records, and what is known of them. */
export interface List {
  readonly endpoint: Endpoint;
  readonly found: FoundList;
  readonly item: Shape;
  readonly paging: Paging;
  readonly key: FoundKey | undefined;
  readonly bookmark: FoundBookmark | undefined;
}

/** A stream, and the configuration keys that its request has. */
export interface UnderstoodStream {
  readonly stream: DescribedStream;
  readonly keys: readonly DescribedKey[];
  readonly endpoint: Endpoint;
}

/** What makes a description's schemas readable. */
export interface Schemas {
  readonly shapes: Shapes;
  /** What a `$ref` leads to. */
  readonly target: (reference: string) => unknown;
}
