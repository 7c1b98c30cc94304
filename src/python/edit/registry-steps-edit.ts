import { type Place, refuse } from '../refusal.ts';
import { insertAll, linesAfter } from './insertion.ts';
import { type Entry, registrySteps, type Step } from './registry-read.ts';
import { deleteAll, removeElement, wholeLine } from './removal.ts';
import { insertElement, isAfter } from './sequence.ts';

/** A registry that is built in one statement or in several, and an entry of it. */
export interface RegistryEntryEdit {
  readonly registry: string;
  readonly key: string;
  readonly value: string;
  readonly place: Place;
}

/**
 * Adds an entry to the last statement that builds a registry, in that statement's form and at its sorted place if it is sorted.
 * Nothing changes if the entry is there already. Throws a UserError, with the entry to add by hand, if there is no such
 * statement, if it holds more than entries, or if the key stands for something else.
 */
export function addRegistered(source: string, { registry, key, value, place }: RegistryEntryEdit): string {
  const steps = registrySteps(source, registry);
  const twin = steps.flatMap(({ entries }) => entries).find(entry => sameKey(entry.key, key));
  if (twin?.value === value) return source;
  if (twin) return refuse(place, `${registry} has the key ${twin.key} already, for ${twin.value}`);
  const last = steps.at(-1) ?? refuse(place, `there is no registry ${registry}`);
  if (!last.isPlain) return refuse(place, `${registry} is built by more than entries`);
  if (last.form === 'item')
    return insertAll(source, [linesAfter(source, last.to - 1, [`${registry}[${key}] = ${value}`])]);
  if (!last.sequence) return refuse(place, `${registry} is not a dict`);
  const line = last.form === 'call' ? `${key}=${value}` : `${key}: ${value}`;
  return insertAll(source, insertElement(source, last.sequence, sortedPlace(last, key), { line }));
}

/** Takes the entry with this key out of the registry; nothing changes if there is none. */
export function removeRegistered(source: string, registry: string, key: string): string {
  for (const { form, from, entries, spreads, sequence } of registrySteps(source, registry)) {
    const index = entries.findIndex(entry => sameKey(entry.key, key));
    if (index < 0) continue;
    if (form === 'item' || !sequence) return deleteAll(source, [wholeLine(source, from)]);
    const at = sequence.elements.findIndex(element =>
      sameElement(source.slice(element.from, element.to), entries[index]),
    );
    return deleteAll(source, removeElement(source, sequence, spreads.length > 0 ? at : index));
  }
  return source;
}

function sameElement(text: string, entry: Entry | undefined): boolean {
  return entry !== undefined && text.startsWith(entry.key) && text.endsWith(entry.value);
}

function sameKey(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

/** Keys are compared whatever their quotes are. */
function plain(key: string): string {
  return key.replace(/^(['"])(.*)\1$/s, "'$2'").replace(/\s+/g, '');
}

function sortedPlace({ entries, spreads, sequence }: Step, key: string): number {
  const keys = entries.map(entry => plain(entry.key));
  const sorted = keys.every((other, index) => index === 0 || !isAfter(keys[index - 1] ?? '', other));
  const greater = sorted && spreads.length === 0 ? keys.findIndex(other => isAfter(other, plain(key))) : -1;
  return greater < 0 ? (sequence?.elements.length ?? 0) : greater;
}
