import { assignedValue, bracketed } from '../parse.ts';
import { type Place, refuse } from '../refusal.ts';
import { readString } from '../strings.ts';
import { insertAll } from './insertion.ts';
import { insertElement, isAfter, type Sequence } from './sequence.ts';

/** A new entry of a registry: a dict display such as `STREAMS = {Deals.TABLE: Deals}` at the top level of a file. */
export interface RegistryEntry {
  /** The file, for messages. */
  readonly file: string;
  readonly registry: string;
  /** `key: value` as Python on one line. */
  readonly entry: string;
}

/**
 * Adds an entry to a registry: at its sorted place if the registry is sorted by its keys, else at the end.
 * Nothing changes if the entry is there already. Throws a UserError, with the entry to add by hand, if the file doesn't
 * parse, the registry is not one dict display, or its key stands for something else.
 */
export function addRegistryEntry(source: string, { file, registry, entry }: RegistryEntry): string {
  const place = { file, byHand: `add to the dict ${registry}: ${entry},` };
  const node = assignedValue(source, registry, place);
  if (node.name !== 'DictionaryExpression') return refuse(place, `${registry} is not a dict display {…}`);
  const sequence = bracketed(node);
  const pairs = sequence.elements.map(({ from, to }) => splitPair(source.slice(from, to)));
  const added = splitPair(entry);
  const same = pairs.find(pair => pair.key === added.key);
  if (same) return sameValue(same, added) ? source : conflict(place, registry, same);
  return insertAll(source, insertElement(source, sequence, position(sequence, pairs, added.key), { line: entry }));
}

interface Pair {
  readonly key: string;
  readonly value: string;
}

/** The key of a pair in a form to compare (a string's value, otherwise the text without white space), and its value. */
function splitPair(text: string): Pair {
  const [, key = text, value = ''] = /^((?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|[^:'"])*):([\s\S]*)$/.exec(text) ?? [];
  return { key: readString(key.trim()) ?? key.replace(/\s+/g, ''), value: value.replace(/\s+/g, '') };
}

function sameValue(one: Pair, other: Pair): boolean {
  return one.value === other.value;
}

function conflict(place: Place, registry: string, { key, value }: Pair): never {
  return refuse(place, `${registry} has the key ${key} already, for ${value}`);
}

function position({ elements }: Sequence, pairs: readonly Pair[], key: string): number {
  const sorted = pairs.every((pair, index) => index === 0 || !isAfter(pairs[index - 1]?.key ?? '', pair.key));
  const greater = sorted ? pairs.findIndex(pair => isAfter(pair.key, key)) : -1;
  return greater < 0 ? elements.length : greater;
}
