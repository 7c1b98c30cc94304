import { sortBy } from 'lodash-es';
import { isMapping } from '../../base/mapping.ts';
import { type Place, refuse } from '../../python/refusal.ts';
import { fromKeys, isRegistered, type Registration, type RegistryKeys, toKeys } from '../source.ts';

/** An entry of the list; the uuid is always there, since it is the folder. */
type Entry = RegistryKeys & { readonly uuid: string; readonly sql: boolean };

/** Adds a source to the list of those that are built into an image, a JSON file of ours, sorted by name. */
export function registerInImage(content: string | undefined, source: Registration, file: string): string {
  const entry: Entry = { ...toKeys(source), uuid: source.uuid, sql: source.sql };
  const place = { file, byHand: `add to the list: ${JSON.stringify(entry)}` };
  const entries = readEntries(content ?? '[]', place);
  if (content !== undefined && isRegistered(entries.map(fromKeys), source, place)) return content;
  return `${JSON.stringify(sortBy([...entries, entry], 'name'), undefined, 2)}\n`;
}

/** Takes a source out of that list again. */
export function unregisterInImage(content: string, { name, uuid }: Registration, file: string): string {
  const entries = readEntries(content, { file, byHand: `take ${name} out of the list` });
  const others = entries.filter(entry => entry.name !== name || entry.uuid !== uuid);
  return others.length === entries.length ? content : `${JSON.stringify(others, undefined, 2)}\n`;
}

function readEntries(text: string, place: Place): readonly Entry[] {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    return refuse(place, 'this is no JSON');
  }
  const isEntry = (each: unknown): each is Entry =>
    isMapping(each) && typeof each.name === 'string' && typeof each.uuid === 'string';
  return Array.isArray(list) && list.every(isEntry) ? list : refuse(place, 'this is no list of sources');
}
