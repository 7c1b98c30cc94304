import type { GivenOptions } from '../common/options.ts';
import type { Outcome } from '../common/report.ts';
import type { SchemaRun } from './plan.ts';

/** What was written, and what the sample left open; as JSON for scripts. */
export function schemaReport(
  { stream, schema, change }: SchemaRun,
  outcome: Outcome,
  { json, dryRun }: GivenOptions,
): string {
  const { notes, keys = [], bookmarks = [] } = schema;
  if (json)
    return JSON.stringify(
      {
        stream,
        dryRun,
        files: [{ path: change.path, outcome }],
        columns: Object.keys(schema.schema.properties),
        keys,
        bookmarks,
        notes,
      },
      undefined,
      2,
    );
  const done = {
    created: 'written to',
    updated: 'updated in',
    unchanged: 'unchanged in',
    skipped: 'left as it was in',
  }[outcome];
  return [
    '',
    `The schema of ${stream} (${Object.keys(schema.schema.properties).length} columns) ${dryRun && outcome !== 'unchanged' ? 'would be ' : 'is '}${done} ${change.path}.`,
    ...keys.slice(0, 1).map(({ column, reason }) => `Likely key: ${column} (${reason})`),
    ...bookmarks.slice(0, 1).map(({ column, reason }) => `Likely bookmark: ${column} (${reason})`),
    ...(notes.length > 0 ? ['Worth a look:', ...notes.map(note => `  - ${note}`)] : []),
    '',
  ].join('\n');
}
