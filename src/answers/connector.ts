import * as v from 'valibot';
import { LAYOUT_NAMES } from '../base/layout-names.ts';
import {
  choice,
  configKey,
  connectorName,
  connectorUuid,
  fields,
  line,
  list,
  mapping,
  sentences,
  url,
} from './fields.ts';

/** The answers that every kind of connector has. */
export const connectorEntries = {
  name: connectorName,
  uuid: v.optional(connectorUuid),
  layout: v.optional(
    choice(
      ['auto', ...LAYOUT_NAMES],
      'Where the connector goes: into a mage-ai checkout (core), a Mage project, or a folder of its own; auto looks upwards from the current folder',
    ),
  ),
  description: v.optional(sentences('What the connector reads, in a sentence or a few')),
  documentation_url: v.optional(url('Where the API, the database or the files are documented')),
  config: v.optional(list(configKey, 'Configuration keys beyond those that follow from the other answers')),
};

const columnType = v.union(
  [
    choice(['string', 'integer', 'number', 'boolean', 'object', 'array', 'date-time'], "A column's type"),
    v.pipe(
      v.array(v.unknown()),
      v.maxLength(1),
      v.description("An array, by its items' type: [string], or [{id: integer}] for one of objects"),
    ),
    v.pipe(
      mapping(v.string(), v.unknown(), 'must be a mapping'),
      v.description('An object, by its columns as here, or a JSON schema'),
    ),
  ],
  'must be string, integer, number, boolean, object, array, date-time, [TYPE], {column: TYPE} or a JSON schema',
);

/** Where the schema of a stream comes from: a sample, a JSON Schema file, or columns given here. */
export const streamSchema = v.pipe(
  v.union(
    [
      fields({ sample: line('A file with sample records, relative to the answers file') }),
      fields({ file: line('A JSON Schema file, relative to the answers file') }),
      fields({
        properties: v.pipe(
          mapping(v.string(), columnType, 'must be a mapping of columns to types'),
          v.description(
            'The columns: name and type, which is string, integer, number, boolean, date-time, object or array',
          ),
        ),
      }),
    ],
    'must have one of the keys sample, file or properties',
  ),
  v.description("Where the stream's schema comes from"),
);

export type StreamSchemaAnswer = v.InferOutput<typeof streamSchema>;
/** A configuration key; some kinds know what may be configured, and of what type. */
export type ConfigKeyAnswer = v.InferOutput<typeof configKey> & {
  readonly values?: Readonly<Record<string, unknown>> | undefined;
  readonly type?: string | undefined;
};
export type LayoutAnswer = NonNullable<v.InferOutput<(typeof connectorEntries)['layout']>>;
