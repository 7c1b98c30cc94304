import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Comparison } from './compare.ts';

/** Who is right where the worlds differ. `both`: two ways to the same records; `description`: it is wrong itself, or older. */
export type Right = 'ours' | 'theirs' | 'both' | 'description';

/** A judgement of differences that are alike, made by hand. */
export interface Verdict {
  readonly api: string;
  readonly aspect: string;
  /** What we say, and what they say; left out where any is meant. */
  readonly ours?: string;
  readonly theirs?: string;
  /** Left out where any stream is meant. */
  readonly path?: string;
  readonly right: Right;
  readonly why: string;
}

/** The verdicts beside this file. */
export const VERDICTS = parse(readFileSync(join(import.meta.dirname, 'verdicts.yaml'), 'utf8')) as readonly Verdict[];

/** The first verdict that fits. */
export function verdictFor(difference: Comparison): Verdict | undefined {
  return VERDICTS.find(
    ({ api, aspect, ours, theirs, path }) =>
      api === difference.api &&
      aspect === difference.aspect &&
      (ours === undefined || ours === (difference.ours ?? '')) &&
      (theirs === undefined || theirs === (difference.theirs ?? '')) &&
      (path === undefined || path === difference.path),
  );
}
