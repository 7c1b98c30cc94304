import * as v from 'valibot';
import { fields, line, streamName } from '../common/answers/fields.ts';

/** The answers that write a stream's schema. */
export const schemaAnswers = fields({
  stream: streamName,
  sample: line('A file with sample records, relative to the answers file; - for standard input'),
  records_path: v.optional(line('Where the records are in a JSON sample, such as data.items')),
});

export type SchemaAnswers = v.InferOutput<typeof schemaAnswers>;
