import * as v from 'valibot';
import { fields, line } from '../../answers/fields.ts';
import { declaredStreamEntries } from '../../answers/stream.ts';

/** The answers of one stream: a saved query, beside the tables that are discovered. */
export const sqlStream = fields({
  ...declaredStreamEntries,
  query: v.optional(
    v.pipe(
      v.string('must be text'),
      v.check(value => !/\p{Surrogate}/u.test(value), 'has half of a Unicode character'),
      v.description('The query whose result the stream is'),
    ),
  ),
  query_file: v.optional(line('A file with that query, relative to the answers file')),
});

export type SqlStreamAnswers = v.InferOutput<typeof sqlStream>;
