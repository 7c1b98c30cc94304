import { configureGlobal } from 'fast-check';

/** The cases that property tests try, unless SEED says otherwise. */
export const FIXED = 20261122;

// A failure has to be the change's own, so that every run tries the same cases; SEED=random looks for others. A failure tells its
// seed, and SEED=… tries that one again.
const { SEED = FIXED } = process.env;
if (SEED !== 'random') {
  if (!Number.isInteger(Number(SEED))) throw new Error(`SEED is ${SEED}: it must be a whole number, or random`);
  configureGlobal({ seed: Number(SEED) });
}
