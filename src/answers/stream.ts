import * as v from 'valibot';
import { streamSchema } from './connector.ts';
import { choice, eachOnce, line, list, streamName } from './fields.ts';

/** The answers that every declared stream has. */
export const declaredStreamEntries = {
  name: streamName,
  key_properties: v.optional(
    v.pipe(list(line('A column'), 'The columns that identify a record; without them, each run appends'), eachOnce),
  ),
  replication_method: v.optional(
    choice(['FULL_TABLE', 'INCREMENTAL'], 'Read everything each time, or what is new by replication_key'),
  ),
  replication_key: v.optional(line('The column whose greatest value is the bookmark, such as updated_at')),
};

/** The answers that a stream of an API or file connector has in any case. */
export const streamEntries = {
  ...declaredStreamEntries,
  value_format: v.optional(
    v.pipe(
      v.string('must be text'),
      v.regex(
        /^(?:iso|epoch|epoch_ms|[^\r\n]*%[A-Za-z][^\r\n]*)$/,
        'must be iso, epoch, epoch_ms or a pattern of strptime such as %d/%m/%Y',
      ),
      v.regex(/^(?:[^%]|%[^Z])*$/, 'cannot tell zones by their names (%Z): write UTC or GMT as it stands, or %z'),
      v.description(
        'How the values of replication_key write a moment: iso, epoch, epoch_ms or a pattern of strptime, without an offset in UTC; found in the sample if not given, else ISO 8601 or a number since 1970',
      ),
    ),
  ),
  text_columns: v.optional(
    list(
      line('A column'),
      'The columns that hold values of several types, written as JSON text; found in the sample if not given',
    ),
  ),
  schema: streamSchema,
};

export interface DeclaredStreamAnswers {
  readonly name: string;
  readonly key_properties?: readonly string[];
  readonly replication_method?: 'FULL_TABLE' | 'INCREMENTAL';
  readonly replication_key?: string;
}

export interface StreamAnswers extends DeclaredStreamAnswers {
  readonly text_columns?: readonly string[];
  readonly value_format?: string;
  readonly schema: v.InferOutput<typeof streamSchema>;
}
