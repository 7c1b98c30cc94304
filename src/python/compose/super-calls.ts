import type { Item } from './module.ts';

/** A call of `super`. */
export interface SuperCall {
  readonly from: number;
  readonly to: number;
  /** The class above which the method is looked for, if one is named. */
  readonly above: string | undefined;
  readonly method: string;
}

/** A call of a framework's method: `super().m`, or `super(Base, self).m` where a runtime class in between has an `m`, too. */
export function superCalls({ module: { source }, from, to }: Item): SuperCall[] {
  return [...source.slice(from, to).matchAll(/\bsuper\((?:(\w+), (?:self|cls))?\)(?=\.(\w+))/g)].map(match => ({
    from: from + match.index,
    to: from + match.index + match[0].length,
    above: match[1],
    method: match[2] as string,
  }));
}
