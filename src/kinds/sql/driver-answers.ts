import * as v from 'valibot';
import { choice, fields, line, list, text } from '../../answers/fields.ts';

const argument = v.union([v.string(), v.number(), v.boolean()], 'must be text, a number or true/false');

/** A driver of Python's DB-API, by which a database of any kind can be read. */
export const driver = fields({
  module: v.pipe(
    v.string('must be text'),
    v.regex(/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/, 'must be the name of a Python module, such as vertica_python'),
    v.description("The driver's module, which has connect and paramstyle"),
  ),
  package: v.optional(
    v.pipe(
      line('The package that it is in, as in a requirements file'),
      v.regex(
        /^([A-Za-z0-9][\w.-]*\s*($|[[(@<>=!~;])|\S+:\/\/\S+$)/,
        'must be like vertica-python or vertica-python>=1.4',
      ),
    ),
  ),
  connect: v.pipe(
    v.record(v.pipe(v.string(), v.regex(/^[A-Za-z_]\w*$/, 'must be the name of an argument')), argument),
    v.description('The arguments of connect; {key} stands for a configuration key'),
  ),
  session: v.optional(list(line('A statement'), 'Statements at the beginning of each session, such as one for UTC')),
  quote: v.optional(choice(['"', '`', '['], 'What names stand in')),
  limit: v.optional(
    choice(
      ['limit_offset', 'offset_fetch', 'skip'],
      'How a result is cut: LIMIT and OFFSET, OFFSET and FETCH, or not at all, so that the connector skips rows',
    ),
  ),
  catalogue: v.optional(
    text(
      'The query that tells the columns, in order: table, column, type, whether it may be null, and, where known, its positions in the primary key and in a unique constraint; {schema} stands for the configured schema. Without it, information_schema is asked',
    ),
  ),
});

export type DriverAnswers = v.InferOutput<typeof driver>;
