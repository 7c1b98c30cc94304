import { LAYOUT_NAMES } from '../base/layout-names.ts';

/** An option of a generator and of the command, declared once for both. */
export interface OptionDefinition {
  readonly type: typeof String | typeof Boolean;
  readonly description: string;
  /** What stands for the value in the help: FILE, DIR. */
  readonly value?: string;
  readonly multiple?: boolean;
}

export type OptionDefinitions = Readonly<Record<string, OptionDefinition>>;

export const LAYOUTS = ['auto', ...LAYOUT_NAMES] as const;

/** The options that every generator has. `force`, `bail` and `dry-run` are Yeoman's own, declared so that the help lists them. */
export const sharedOptions = {
  answers: {
    type: String,
    value: 'FILE',
    description: 'Take all answers from a YAML or JSON file (- for standard input) and ask nothing',
  },
  'save-answers': {
    type: String,
    value: 'FILE',
    description: 'Write the answers to a YAML file, for a later run with --answers',
  },
  layout: {
    type: String,
    value: LAYOUTS.join('|'),
    description: 'Where the connector goes: a mage-ai checkout, a Mage project, or a folder of its own (default: auto)',
  },
  connector: {
    type: String,
    value: 'DIR',
    description: 'The connector to add to (default: the one around the current folder)',
  },
  'dry-run': { type: Boolean, description: 'Show what would be written, and write nothing' },
  force: { type: Boolean, description: 'Overwrite what you have changed where it is in the way, without asking' },
  bail: { type: Boolean, description: 'Write nothing, and fail if a file is not what the answers give' },
  json: { type: Boolean, description: 'Print what was written as JSON on standard output, for scripts' },
} as const satisfies OptionDefinitions;

/** Flags that give the answers of one stream. */
export const streamOptions = {
  path: { type: String, value: 'PATH', description: "The stream's path below the base URL, or its files" },
  'records-path': {
    type: String,
    value: 'PATH',
    description: 'Where the records are in a response or file, such as data.items',
  },
  key: {
    type: String,
    value: 'COLUMN',
    multiple: true,
    description: 'A key column; repeat the option or separate by commas',
  },
  'replication-key': {
    type: String,
    value: 'COLUMN',
    description: 'The column that tells what is new; makes the stream incremental',
  },
  'bookmark-param': {
    type: String,
    value: 'NAME',
    description: 'The request parameter that filters by the replication key',
  },
  'bookmark-format': {
    type: String,
    value: 'FORMAT',
    description: 'How that parameter writes a moment, or integer where the replication key is a counter such as an id',
  },
  pagination: {
    type: String,
    value: 'TYPE',
    description:
      "How it is cut into pages where that isn't as the connector has it: none, page, offset, link_header, keyset",
  },
  'query-file': { type: String, value: 'FILE', description: 'The query of a stream of an SQL connector' },
  sample: { type: String, value: 'FILE', description: 'Sample records to take the schema from' },
} as const satisfies OptionDefinitions;

/** What the `stream` generator does instead of adding. */
export const streamEditOptions = {
  list: { type: Boolean, description: 'List the streams that are there, and write nothing' },
  remove: { type: String, value: 'NAME', description: 'Take a stream out; what was edited stays, unless --force' },
  rename: { type: String, value: 'NAME', description: 'Give a stream the name that is the argument: --rename OLD NEW' },
} as const satisfies OptionDefinitions;

/** The options of `check`, which asks nothing and writes nothing. */
export const checkOptions = {
  connector: {
    ...sharedOptions.connector,
    description: 'The connector to check (default: the one around the current folder)',
  },
  json: { ...sharedOptions.json, description: 'Print what differs as JSON on standard output, for scripts' },
} as const satisfies OptionDefinitions;

/** The values that were given, by the names above, whichever way they came. */
export interface GivenOptions {
  readonly answers?: string;
  readonly saveAnswers?: string;
  readonly layout?: string;
  readonly connector?: string;
  readonly dryRun: boolean;
  readonly force: boolean;
  readonly bail: boolean;
  readonly json: boolean;
}

/** Flags of the `schema` generator. */
export const schemaOptions = {
  from: {
    type: String,
    value: 'SOURCE',
    description:
      'Sample records or a JSON Schema: a file (JSON, JSON Lines, CSV, Parquet), an address, or - for standard input',
  },
  'records-path': {
    type: String,
    value: 'PATH',
    description: 'Where the records are in a JSON sample, such as data.items',
  },
  header: {
    type: String,
    value: "'NAME: VALUE'",
    multiple: true,
    description: 'A header to request the address with; repeat the option for several. It is never saved',
  },
  run: { type: Boolean, description: 'Take the sample from a run of the connector, by the Python in the PATH' },
  config: { type: String, value: 'FILE', description: 'The configuration file of that run' },
  replace: { type: Boolean, description: 'Write the schema anew instead of refreshing the one that exists' },
} as const satisfies OptionDefinitions;
