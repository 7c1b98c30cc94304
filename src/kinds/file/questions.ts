import type { Ask } from '../../answers/ask.ts';
import { askConnector, askStreamName } from '../../answers/connector-questions.ts';
import type { RawAnswers } from '../../answers/raw-answers.ts';
import type { ChangeQuestion } from '../../connector/change-questions.ts';
import { askKeys, askReplicationKey, askSchema } from '../../connector/stream-questions.ts';
import { compact } from '../../options/stream-flags.ts';
import { delimiter, encoding, type FileFormat, path } from './answers.ts';

/** Asks for a whole file connector with one stream or more. */
export async function askFile(ask: Ask, given: RawAnswers, folder: string): Promise<RawAnswers> {
  const connector = await askConnector(ask, given, 'Acme Exports');
  const format: FileFormat = await ask.choice('format', {
    message: 'What is in the files',
    choices: [
      { value: 'csv', name: 'CSV, with the names of the columns in the first line' },
      { value: 'json', name: 'JSON: an array of objects in each file' },
      { value: 'jsonl', name: 'JSON Lines: an object in each line' },
    ],
  });
  const reading = compact({ format, ...(format === 'csv' && (await askCsv(ask, {}))) });
  const streams: RawAnswers[] = [];
  do streams.push(await askFileStream(ask, {}, folder, { ...reading, streams }));
  while (await ask.confirm('more', { message: 'Add another stream' }));
  return { ...connector, ...reading, streams };
}

/** What of a file connector can be asked for again. */
export const fileChanges: readonly ChangeQuestion[] = [
  {
    value: 'csv',
    name: 'How CSV files are written: what separates the fields, and the encoding',
    when: ({ format }) => format === 'csv',
    ask: askCsv,
  },
];

async function askCsv(ask: Ask, now: RawAnswers): Promise<RawAnswers> {
  const known = (now.delimiter ?? ',') as string;
  const choices = [
    { value: ',', name: 'A comma' },
    { value: ';', name: 'A semicolon' },
    { value: '\t', name: 'A tab' },
    { value: '|', name: 'A vertical bar' },
    { value: '', name: 'Another character' },
  ];
  const separator = await ask.choice('delimiter', {
    message: 'What separates the fields',
    default: choices.some(({ value }) => value === known) ? known : '',
    choices,
  });
  const other =
    separator ||
    (await ask.text('other_delimiter', {
      message: 'Which character separates them',
      check: delimiter,
      default: known,
    }));
  const written = await ask.text('encoding', {
    message: 'How are the files encoded',
    help: 'as Python names it, such as utf-8, cp1252 or utf-16',
    default: (now.encoding as string | undefined) ?? 'utf-8',
    check: encoding,
  });
  return { delimiter: other === ',' ? undefined : other, encoding: written === 'utf-8' ? undefined : written };
}

/** Asks for one stream. */
export async function askFileStream(
  ask: Ask,
  given: RawAnswers,
  folder: string,
  connector: RawAnswers,
): Promise<RawAnswers> {
  const format = connector.format as FileFormat;
  const { name } = await askStreamName(ask, given, 'orders', connector.streams);
  const files =
    given.path ??
    (await ask.text('path', {
      message: 'Which files are read',
      help: 'a path or a pattern with *, below the folder that base_path configures; {region} becomes a configuration key',
      default: `${String(name)}*.${format}`,
      check: path,
    }));
  const records_path = given.records_path ?? (format === 'json' ? await askRecordsPath(ask) : undefined);
  const source = {
    stream: String(name),
    recordsPath: records_path as string | undefined,
    format,
    delimiter: connector.delimiter as string | undefined,
    folder,
  };
  const known = await askSchema(ask, given.schema, source);
  const key_properties = given.key_properties ?? (await askKeys(ask, known));
  const replication_key = given.replication_key ?? (await askReplicationKey(ask, known));
  return compact({ name, path: files, records_path, schema: known.schema, key_properties, replication_key });
}

function askRecordsPath(ask: Ask): Promise<string | undefined> {
  return ask.text('records_path', {
    message: 'Where are the records in a file',
    help: 'keys with dots, such as data.items; empty: the file itself is the list',
    optional: true,
  });
}
