import type { Shape } from './shape.ts';

/** What a request takes. */
export interface Param {
  readonly name: string;
  readonly place: 'query' | 'header' | 'path' | 'body' | 'cookie';
  readonly required: boolean;
  readonly description: string;
  readonly shape: Shape;
}
