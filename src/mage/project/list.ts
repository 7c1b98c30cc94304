import { isDeepStrictEqual } from 'node:util';
import { parseDocument } from 'yaml';
import { type Place, refuse } from '../../python/refusal.ts';
import { fromKeys, isRegistered, type RegisteredSource, type Registration, toKeys } from '../source.ts';
import { flowEntry, insertEntry, removeEntry } from './list-text.ts';

/**
 * Adds a source to the end of the list `sources` of a project's data_integrations/sources/metadata.yaml. It is put in as
 * text, so that every other byte stays; a result that isn't the former content and the new source is refused.
 */
export function registerInProject(content: string | undefined, source: Registration, file: string): string {
  const keys = toKeys(source);
  const place = { file, byHand: `add to the list sources: ${flowEntry(keys)}` };
  const text = content ?? '';
  const before = readMetadata(text, place);
  if (isRegistered(registeredIn(before), source, place)) return text;
  const result = insertEntry(text, keys);
  const expected = { ...before, sources: [...(before.sources ?? []), keys] };
  if (!result || !isDeepStrictEqual(tryRead(result), expected)) refuse(place, 'its YAML is too intricate to be edited');
  return result;
}

/** Takes a source out of that list again; undefined where nothing else stands in the file. */
export function unregisterInProject(content: string, source: Registration, file: string): string | undefined {
  const place = { file, byHand: `take ${source.name} out of the list sources` };
  const before = readMetadata(content, place);
  const isIt = (item: unknown) =>
    registeredIn({ sources: [item] }).some(({ name, uuid }) => name === source.name && uuid === source.uuid);
  const sources = before.sources ?? [];
  const index = sources.findIndex(isIt);
  if (index < 0) return content;
  const rest = { ...before, sources: sources.filter((_, other) => other !== index) };
  const result = removeEntry(content, index);
  const { sources: left = [], ...others } = (result === undefined ? undefined : tryRead(result)) as Metadata;
  if (result === undefined || !isDeepStrictEqual({ ...others, sources: left ?? [] }, rest))
    refuse(place, 'its YAML is too intricate to be edited');
  return (result as string).trim() === '' ? undefined : result;
}

/** The sources that a project's metadata.yaml lists; none if it can't be read. */
export function readProjectSources(text: string): readonly RegisteredSource[] {
  const data = tryRead(text);
  return isMetadata(data) ? registeredIn(data) : [];
}

interface Metadata {
  readonly sources?: readonly unknown[] | null;
}

function readMetadata(text: string, place: Place): Metadata {
  const data = tryRead(text);
  return isMetadata(data) ? data : refuse(place, 'this is not YAML with a list of sources');
}

function isMetadata(data: unknown): data is Metadata {
  const sources = data && typeof data === 'object' ? (data as Metadata).sources : undefined;
  return (
    typeof data === 'object' && data !== null && !Array.isArray(data) && (sources == null || Array.isArray(sources))
  );
}

/** The content of a YAML file: an empty object if it has none, undefined if it isn't one valid document. */
function tryRead(text: string): unknown {
  const document = parseDocument(text, { logLevel: 'silent' });
  try {
    return document.errors.length ? undefined : (document.toJS() ?? {});
  } catch (error) {
    // What an alias without its anchor throws.
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
}

function registeredIn({ sources }: Metadata): readonly RegisteredSource[] {
  return (sources ?? []).flatMap(item => {
    const { name, module_name, uuid } = (item ?? {}) as Record<string, unknown>;
    return typeof name === 'string' ? [fromKeys({ name, module_name: text(module_name), uuid: text(uuid) })] : [];
  });
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
