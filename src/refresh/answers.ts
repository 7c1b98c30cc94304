import * as v from 'valibot';
import { fields, line, streamName } from '../answers/fields.ts';

/** The answers that write or refresh a stream's schema. */
export const schemaAnswers = fields({
  stream: streamName,
  sample: v.optional(
    line(
      'Sample records or a JSON Schema: a file relative to the answers file (JSON, JSON Lines, CSV, Parquet), an address, or - for standard input',
    ),
  ),
  records_path: v.optional(line('Where the records are in a JSON sample, such as data.items')),
  run: v.optional(
    v.pipe(v.literal(true, 'must be true'), v.description('Take the sample from a run of the connector itself')),
  ),
  config: v.optional(line('The configuration file of that run, relative to the answers file')),
});

export type SchemaAnswers = v.InferOutput<typeof schemaAnswers>;
