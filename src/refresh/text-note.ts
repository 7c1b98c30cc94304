import type { ExistingConnector } from '../connector/existing.ts';
import { shown } from '../schema/dialect.ts';

/**
 * What is left to do for columns of a stream whose values are to become JSON text, since a schema alone converts nothing;
 * undefined where the connector does it already.
 */
export function textNote(
  connector: ExistingConnector | undefined,
  stream: string,
  columns: readonly string[],
): string | undefined {
  const recorded = connector?.answers.streams?.find(({ name }) => name === stream)?.text_columns;
  const known = Array.isArray(recorded) ? recorded : [];
  const left = columns.filter(column => !known.includes(column));
  if (left.length === 0) return undefined;
  const names = left.map(shown).join(', ');
  if (!connector)
    return `${names}: that JSON text has to be written by the connector's own code, for instance by json.dumps`;
  const answer = `text_columns: ${JSON.stringify([...known, ...left])}`;
  return `${names}: the connector doesn't write that JSON text yet: give ${stream} ${answer} in the connector's answers, and run mage-connector with all of them`;
}
