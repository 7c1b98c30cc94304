import type { Param } from './param.ts';

/** One request of an API, as a description has it. */
export interface Endpoint {
  /** The path as the description writes it, `/users/{userId}/posts`, without a query. */
  readonly path: string;
  /** GET or POST; any other is refused. */
  readonly method: string;
  readonly operation: string;
  readonly title: string;
  readonly description: string;
  readonly deprecated: boolean;
  readonly params: readonly Param[];
  /** Parameters with values that every request has. */
  readonly fixed: Readonly<Record<string, string>>;
  /** The schema of a response that succeeds; undefined where nothing is said of it. */
  readonly response: unknown;
  /** True where the schema was made of an example. */
  readonly fromExample: boolean;
  /** The names of the response's headers. */
  readonly headers: readonly string[];
  /** Why it can't be a stream, whatever else is said of it. */
  readonly refusal: string | undefined;
}

/** A part of a path: fixed text, or a parameter. */
export type Segment = { readonly fixed: string } | { readonly param: string };

/** The parts of a path; one with a parameter and text beside it is fixed. */
export function segmentsOf(path: string): Segment[] {
  return path
    .split('/')
    .filter(part => part !== '')
    .map(part => {
      const param = /^\{([^{}]+)\}$/.exec(part)?.[1];
      return param === undefined ? { fixed: part } : { param };
    });
}

/** A path by which paths are compared, whatever their parameters are called. */
export function pattern(segments: readonly Segment[]): string {
  return segments.map(segment => ('fixed' in segment ? segment.fixed : '{}')).join('/');
}
