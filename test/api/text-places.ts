import type * as v from 'valibot';

type Schema = v.GenericSchema & {
  readonly wrapped?: Schema;
  readonly item?: Schema;
  readonly key?: Schema | string;
  readonly value?: Schema;
  readonly options?: readonly Schema[];
  readonly entries?: Readonly<Record<string, Schema>>;
  readonly literal?: unknown;
};

/** Takes a place of the answers where text may stand, such as streams[].params.*, and what stands there. */
type Visit = (place: string, text: unknown) => void;

/** Every place of answers where any text may stand, by their definition. */
export function textPlaces(schema: v.GenericSchema): Set<string> {
  const places = new Set<string>();
  walk(schema as Schema, '', undefined, place => places.add(place));
  return places;
}

/** The texts that stand at such places in some answers. */
export function textsAt(schema: v.GenericSchema, answers: unknown): [string, string][] {
  const texts: [string, string][] = [];
  walk(schema as Schema, '', { answers }, (place, value) => {
    for (const text of leaves(value)) texts.push([place, text]);
  });
  return texts;
}

/** Without `given`, it goes wherever answers could have something. */
function walk(schema: Schema, place: string, given: { readonly answers: unknown } | undefined, visit: Visit): void {
  const value = given?.answers;
  if (given && (value === undefined || value === null)) return;
  const inside = (next: Schema, where: string, answers: unknown) => walk(next, where, given && { answers }, visit);
  switch (schema.type) {
    case 'string':
    case 'unknown':
      visit(merged(place), value);
      return;
    case 'array':
      for (const item of given ? listOf(value) : [undefined]) inside(schema.item as Schema, `${place}[]`, item);
      return;
    case 'record':
      for (const [key, item] of given ? entriesOf(value) : [[undefined, undefined]]) {
        inside(schema.key as Schema, `${place}.<key>`, key);
        inside(schema.value as Schema, `${place}.*`, item);
      }
      return;
    default:
      if (schema.wrapped) inside(schema.wrapped, place, value);
      for (const option of schema.options ?? []) if (isMeant(option, value)) inside(option, place, value);
      for (const [key, entry] of Object.entries(schema.entries ?? {}))
        inside(entry, place ? `${place}.${key}` : key, entriesOf(value).find(([name]) => name === key)?.[1]);
  }
}

/** What a stream has of its own is defined as what the connector has. */
function merged(place: string): string {
  return place
    .replace(/^(auth\.schemes\.\*|streams\[\]\.auth)\./, 'auth.')
    .replace(/^streams\[\]\.(errors|pagination)/, '$1');
}

/** False for a variant of another type. */
function isMeant({ entries }: Schema, value: unknown): boolean {
  const literal = entries?.type?.literal;
  return value === undefined || literal === undefined || (value as { type?: unknown }).type === literal;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

/** All texts in a value, also the names in mappings. */
function leaves(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return [...(Array.isArray(value) ? [] : Object.keys(value)), ...Object.values(value).flatMap(leaves)];
}
