/**
 * How a file differs from what the connector's answers give: it isn't there, it was changed by hand, the answers or the
 * generator give another one now, both of that, it is no longer needed, it lacks the lines that register the connector, or it
 * is a stream's and the connector's own registry has no such stream.
 */
export type Difference =
  | 'missing'
  | 'changed'
  | 'outdated'
  | 'changed and outdated'
  | 'no longer needed'
  | 'unregistered'
  | 'not in the registry';

export interface Finding {
  /** Relative to the layout's root. */
  readonly path: string;
  readonly difference: Difference;
}
