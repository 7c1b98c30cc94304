import type { Factors, Row } from '../pairwise.ts';

/** A row of random levels that go together, the same for the same seed; half of its factors have their first level. */
export function randomRow(factors: Factors, possible: (row: Row) => boolean, seed: number): Row {
  const next = generator(seed);
  const names = Object.keys(factors);
  for (;;) {
    const row = Object.fromEntries(
      names.map(name => [name, next() < 0.5 ? 0 : Math.floor(next() * (factors[name] ?? []).length)]),
    );
    if (possible(row)) return row;
  }
}

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
