import * as v from 'valibot';
import type { Ask } from '../../../../answers/ask.ts';
import { recordsPath } from '../../../../answers/fields.ts';
import { pathOf, stepNames } from '../../../../base/paths.ts';
import { fileFormat } from '../format.ts';

/** JSON: a file is one document. */
export const json = fileFormat({
  name: 'json',
  summary: 'JSON',
  title: 'JSON: an array of objects in each file',
  answers: {},
  streamAnswers: {
    records_path: v.optional(
      recordsPath('Where the records are in a JSON file, such as data.items; without it, the file itself'),
    ),
  },
  isTyped: true,
  ask: async () => ({}),
  askStream: async (ask, { records_path }) => ({ records_path: records_path ?? (await askRecordsPath(ask)) }),
  changes: [],
  sample: (_, { records_path }) => ({ format: 'json', recordsPath: records_path as string | undefined }),
  config: () => [],
  note: 'Each JSON file holds an array of objects, or one object with columns of the stream. A file that holds anything else ends the run with an error that names it.',
  source: () => ({ features: [{ module: 'kinds/file/formats/json/source.py', class: 'Json' }], values: {} }),
  settings: ({ records_path = '' }): Record<string, readonly string[]> => {
    const keys = stepNames(pathOf(records_path)) ?? [];
    return keys.length > 0 ? { records_path: keys } : {};
  },
});

function askRecordsPath(ask: Ask): Promise<string | undefined> {
  return ask.text('records_path', {
    message: 'Where are the records in a file',
    help: 'keys with dots, such as data.items; empty: the file itself is the list',
    optional: true,
  });
}
