import * as v from 'valibot';
import { fields, line, recordsPath } from '../answers/fields.ts';
import { streamEntries } from '../answers/stream.ts';

const { text_columns: _, value_format: __, ...entries } = streamEntries;

/** The answers of a stream that goes into a hand-written connector: those that every stream of such a connector has a place for. */
export const handWrittenStream = fields({
  ...entries,
  path: v.optional(
    v.pipe(
      line("The stream's path, as the connector's other streams have theirs"),
      v.regex(/^[^\s{}"'<>\\^`|]+$/, 'must be a path such as /deals, without placeholders'),
    ),
  ),
  records_path: v.optional(recordsPath('Where the records are in a response, such as data.items')),
});

export type HandWrittenStream = v.InferOutput<typeof handWrittenStream>;
