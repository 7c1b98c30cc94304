import * as v from 'valibot';
import type { ConfigKey } from '../../../../connector/model.ts';
import { fileFormat } from '../format.ts';
import { delimiter, encoding } from './answers.ts';
import { askCsv } from './questions.ts';

const MODULE = 'kinds/file/formats/csv/source.py';
const UTF_8 = /^utf[-_]?8([-_]sig)?$/i;

interface CsvAnswers {
  readonly delimiter?: string;
  readonly encoding?: string;
}

/** Comma-separated values. */
export const csv = fileFormat({
  name: 'csv',
  summary: 'CSV with a header',
  title: 'CSV, with the names of the columns in the first line',
  answers: { delimiter: v.optional(delimiter), encoding: v.optional(encoding) },
  streamAnswers: {},
  isTyped: false,
  ask: askCsv,
  askStream: async () => ({}),
  changes: [
    { value: 'csv', name: 'How CSV files are written: what separates the fields, and the encoding', ask: askCsv },
  ],
  sample: ({ delimiter }) => ({ format: 'csv', delimiter: delimiter as string | undefined }),
  config: answers =>
    Object.entries(options(answers)).map(([name, value]) => optionKey(name as keyof CsvAnswers, value)),
  note: [
    "The first line of each CSV file names the columns; those that the stream's schema lacks are left out, and those that the file lacks are null, but no key may be missing.",
    'Values get the types of the schema without loss: an empty field is null, text keeps its leading zeros, booleans are `true` and `false`, date-times are ISO 8601.',
    'A value that is not of its type, or a line with more or fewer fields than the header, ends the run with an error that names the file, the line and the column.',
  ].join(' '),
  source: answers => {
    const given = options(answers);
    const name = Object.keys(given).length > 0 ? 'CsvOptions' : 'Csv';
    return { features: [{ module: MODULE, class: name }], values: { CSV_OPTIONS: given } };
  },
  settings: () => ({}),
});

/** How CSV is read where that isn't the standard. UTF-8 needs no option: it is read anyway, as is a byte order mark. */
function options({ delimiter, encoding }: CsvAnswers): Readonly<Record<string, string>> {
  return {
    ...(delimiter !== undefined && delimiter !== ',' && { delimiter }),
    ...(encoding !== undefined && !UTF_8.test(encoding) && { encoding }),
  };
}

const DESCRIPTIONS: Readonly<Record<keyof CsvAnswers, string>> = {
  delimiter: 'What separates the fields of the CSV files',
  encoding: 'The encoding of the CSV files, as Python names it; utf-8-sig is UTF-8, with a byte order mark or without',
};

function optionKey(name: keyof CsvAnswers, value: string): ConfigKey {
  return { name, description: DESCRIPTIONS[name], required: false, default: value, secret: false };
}
