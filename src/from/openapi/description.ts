import type { Node } from '../../schema/infer/untyped.ts';
import type { Endpoint } from '../endpoints/endpoint.ts';
import type { References } from '../endpoints/references.ts';
import type { Shapes } from '../endpoints/shape.ts';

/** A description and what looks into it. */
export interface Description {
  readonly root: Node;
  readonly references: References;
  readonly shapes: Shapes;
  /** True for Swagger 2. */
  readonly isSwagger: boolean;
  /** The places and names of keys, such as `header x-api-key`: they are no parameters of a request beside. */
  readonly keys: ReadonlySet<string>;
}

/** An operation, with what the description says of its security and its servers. */
export interface Operation extends Endpoint {
  readonly node: Node;
  readonly security: unknown;
  readonly servers: unknown;
}

/** A text of the description, or none. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
