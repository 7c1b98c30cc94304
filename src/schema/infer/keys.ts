import { MAX_TRACKED } from './column.ts';
import { type KeySuggestion, type Seen, schemaOf, snakeCase } from './suggest.ts';

/** Might a column with this name be the key of a stream of that name? */
export function isKeyName(name: string, stream?: string): boolean {
  return keyRank(name, stream) >= 0;
}

/** The columns that may be the key, the best first: named like one, and unique and never null in the sample. */
export function suggestKeys(seen: Seen, stream?: string): KeySuggestion[] {
  const { columns, records } = seen;
  return [...columns]
    .filter(
      ([name, column]) =>
        isKeyName(name, stream) && column.isUnique && column.count === records && isScalar(seen, name),
    )
    .sort(([a], [b]) => keyRank(a, stream) - keyRank(b, stream))
    .map(([column]) => ({ column, reason: keyReason(records) }));
}

function isScalar(seen: Seen, name: string): boolean {
  const type = schemaOf(seen, name)?.type[1];
  return type === 'string' || type === 'integer';
}

function keyReason(records: number): string {
  if (records === 1) return 'named like a key; one record alone proves nothing';
  return records > MAX_TRACKED
    ? `unique in ${MAX_TRACKED} records, never null`
    : `unique and never null in ${records} records`;
}

function keyRank(name: string, stream = ''): number {
  const wanted = snakeCase(stream);
  const singulars = [wanted, wanted.replace(/s$/, ''), wanted.replace(/es$/, ''), wanted.replace(/ies$/, 'y')];
  return ['id', '_id', ...(wanted ? singulars.map(word => `${word}_id`) : []), 'uuid', 'guid', 'key'].indexOf(
    snakeCase(name),
  );
}
