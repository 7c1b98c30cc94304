import { shown } from './dialect.ts';

/** PostgreSQL cuts longer names, MySQL refuses more than 64. */
const MAX_NAME_LENGTH = 63;
/** SQL Server's limit; MySQL and PostgreSQL follow shortly after. */
const MAX_TABLE_COLUMNS = 1024;

/** What a user should know of these column names before a destination makes a table of them. */
export function nameNotes(names: readonly string[]): string[] {
  const notes = [...collisions(names)];
  const long = names.filter(name => name.length > MAX_NAME_LENGTH);
  if (long.length)
    notes.push(`${list(long)}: longer than the ${MAX_NAME_LENGTH} characters that PostgreSQL keeps of a name`);
  if (names.length > MAX_TABLE_COLUMNS) {
    notes.push(
      `${names.length} columns: most databases take about ${MAX_TABLE_COLUMNS}; does each record use names of its own?`,
    );
  }
  return notes;
}

/** SQL destinations lower-case names and turn every other character into "_", so two columns may meet in one. */
function collisions(names: readonly string[]): string[] {
  const byName = new Map<string, string[]>();
  for (const name of names) {
    const clean = name.toLowerCase().replace(/[^\p{L}\p{N}_]/gu, '_');
    byName.set(clean, [...(byName.get(clean) ?? []), name]);
  }
  return [...byName]
    .filter(([, same]) => same.length > 1)
    .map(
      ([clean, same]) => `${list(same)}: SQL destinations would call each of them ${shown(clean)} and refuse the table`,
    );
}

function list(names: readonly string[]): string {
  return names.map(shown).sort().join(', ');
}
