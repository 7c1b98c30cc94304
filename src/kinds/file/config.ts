import type { ConfigKey } from '../../connector/model.ts';
import type { FileAnswers, FileStreamAnswers } from './answers.ts';
import type { CsvOptions } from './model.ts';

const PLACEHOLDER = /\{([a-z][a-z0-9_]*)\}/g;
const UTF_8 = /^utf[-_]?8([-_]sig)?$/i;

const CSV_DESCRIPTIONS: Readonly<Record<keyof CsvOptions, string>> = {
  delimiter: 'What separates the fields of the CSV files',
  encoding: 'The encoding of the CSV files, as Python names it; utf-8-sig is UTF-8, with a byte order mark or without',
};

const BASE_PATH: ConfigKey = {
  name: 'base_path',
  description: 'The folder that relative paths start from; without it, the one that Mage runs in',
  required: false,
  secret: false,
};

/** The configuration keys of a file connector: where its files are, how CSV is read, and the placeholders. */
export function fileConfig(answers: FileAnswers): ConfigKey[] {
  const csv = Object.entries(csvOptions(answers)) as [keyof CsvOptions, string][];
  const own: ConfigKey[] = [
    BASE_PATH,
    ...csv.map(([name, value]) => ({
      name,
      description: CSV_DESCRIPTIONS[name],
      required: false,
      default: value,
      secret: false,
    })),
  ];
  const derived = placeholders(answers).filter(name => !own.some(key => key.name === name));
  return [...own, ...derived.map(placeholderKey)];
}

function placeholderKey(name: string): ConfigKey {
  return { name, description: `Stands for {${name}} in the paths`, required: true, secret: false, derived: true };
}

/** How CSV is read where that isn't the standard. UTF-8 needs no option: it is read anyway, as is a byte order mark. */
export function csvOptions({ delimiter, encoding }: FileAnswers): CsvOptions {
  return {
    ...(delimiter !== undefined && delimiter !== ',' && { delimiter }),
    ...(encoding !== undefined && !UTF_8.test(encoding) && { encoding }),
  };
}

/** The configuration keys that stand in paths. */
export function placeholders({ streams }: FileAnswers): string[] {
  const paths = givenStreams(streams).map(({ path }) => String(path));
  return [...new Set(paths.flatMap(path => [...path.matchAll(PLACEHOLDER)].map(([, name]) => name as string)))];
}

/** The streams as they were given, of which some may have faults: other answers are checked all the same. */
export function givenStreams(streams: unknown): Partial<FileStreamAnswers>[] {
  return Array.isArray(streams) ? streams.map(stream => stream ?? {}) : [];
}
