import { memoize } from 'lodash-es';

/** Compares two modules as isort does: case doesn't count, numbers count as numbers, furthest relative import first. */
export function compareModules(a: string, b: string): number {
  return dots(b) - dots(a) || inOrder(a, b);
}

/** Compares two imported names as isort does: CONSTANTS, then Classes, then the rest. */
export function compareNames(a: string, b: string): number {
  return rank(a) - rank(b) || inOrder(a, b);
}

/** The order of the groups that isort keeps modules in, as far as their text tells: packages, then relative imports. */
export function section(module: string): number {
  return module.startsWith('.') ? 1 : 0;
}

/** The top-level package of an absolute module; all relative ones count as one. */
export function topPackage(module: string): string {
  return module.startsWith('.') ? '.' : (module.split('.')[0] ?? module);
}

function dots(module: string): number {
  return /^\.*/.exec(module)?.[0].length ?? 0;
}

function rank(name: string): number {
  if (name.length > 1 && name === name.toUpperCase() && name !== name.toLowerCase()) return 0;
  // Classes of characters take long to prepare, and names are hardly ever beyond ASCII.
  return /^[A-Z]/.test(name) || (name > '\x7f' && /^\p{Lu}/u.test(name)) ? 1 : 2;
}

function inOrder(a: string, b: string): number {
  const [left, right] = [tokensOf(a), tokensOf(b)];
  return natural(left.lower, right.lower) || natural(left.own, right.own);
}

/** Character by character, and runs of digits by their value; those with a leading zero as if behind a decimal point. */
function natural(left: readonly string[], right: readonly string[]): number {
  for (const [index, part] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    if (part === other) continue;
    const numbers = /^[1-9]/.test(part) && /^[1-9]/.test(other);
    const order = numbers ? Number(part) - Number(other) : ordinal(part, other);
    if (order) return order;
  }
  return left.length - right.length;
}

/** The same names are compared with many others. */
const tokensOf = memoize((text: string) => {
  const tokens = (each: string): readonly string[] => each.match(/\d+|./gsu) ?? [];
  return { lower: tokens(text.toLowerCase()), own: tokens(text) };
});

function ordinal(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
