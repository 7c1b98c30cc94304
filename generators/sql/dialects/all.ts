import type { Dialect } from './dialect.ts';
import { postgresql } from './postgresql.ts';
import { sqlite } from './sqlite.ts';

const dialects = { postgresql, sqlite } satisfies Record<string, Dialect>;

export type DialectName = keyof typeof dialects;

/** In the order in which they are offered. */
export const dialectNames = Object.keys(dialects) as DialectName[];

export function dialectOf(name: DialectName): Dialect {
  return dialects[name];
}
