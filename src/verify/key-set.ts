const START = 1 << 16;
/** A bigger part than this of the places is never taken, so that searches stay short. */
const LOAD = 0.6;

/**
 * Tells whether a text was there before, by 53 bits of a hash: 16 to 32 bytes for each text, whatever its length, so that a
 * million keys need little memory. Two of a million different texts are taken for one with a probability of 1 : 18,000.
 */
export class KeySet {
  #places = new Float64Array(START);
  #size = 0;

  /** Adds a text; false if it was there. */
  add(text: string): boolean {
    if (this.#size >= this.#places.length * LOAD) this.#grow();
    const isNew = put(this.#places, hash(text));
    if (isNew) this.#size += 1;
    return isNew;
  }

  has(text: string): boolean {
    const value = hash(text);
    return this.#places[placeOf(this.#places, value)] === value;
  }

  #grow(): void {
    const places = new Float64Array(this.#places.length * 2);
    for (const value of this.#places) if (value !== 0) put(places, value);
    this.#places = places;
  }
}

function put(places: Float64Array, value: number): boolean {
  const at = placeOf(places, value);
  if (places[at] === value) return false;
  places[at] = value;
  return true;
}

/** Where a value stands, or would: linear probing; 0 is an empty place. */
function placeOf(places: Float64Array, value: number): number {
  const mask = places.length - 1;
  let at = (value % 0x1fffffff) & mask;
  while (places[at] !== 0 && places[at] !== value) at = (at + 1) & mask;
  return at;
}

/** Two hashes of 32 bits (FNV-1a and one like it) as one number of 53 bits, never 0. */
function hash(text: string): number {
  let [first, second] = [0x811c9dc5, 0x9747b28c];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    first = Math.imul(first ^ code, 0x01000193);
    second = Math.imul(second ^ code, 0x5bd1e995);
    second ^= second >>> 15;
  }
  return (first >>> 11) * 0x100000000 + (second >>> 0) + 1;
}
