import type { Problem } from '../../../base/problems.ts';

/** What keeps a stream from being written by the connector's conventions. */
export interface Obstacle {
  readonly obstacle: string;
  /** The answer that is all that is missing. */
  readonly missing?: Problem;
}
