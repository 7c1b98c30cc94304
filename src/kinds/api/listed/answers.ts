import * as v from 'valibot';
import { choice, fields, line, list, mapping } from '../../../answers/fields.ts';
import { CONFIG_KEY } from '../../../base/names.ts';
import { keysPath } from '../../../records/response-path.ts';

const name = v.pipe(v.string(), v.minLength(1, 'has an empty name'));

const types = v.pipe(
  mapping(
    name,
    choice(['string', 'integer', 'number', 'boolean', 'date-time'], 'A type'),
    'must be a mapping of types to string, integer, number, boolean or date-time',
  ),
  v.description(
    "What the API's types are: string, integer, number, boolean or date-time, such as {checkbox: boolean}; all others are text",
  ),
);

const columns = v.pipe(
  fields({
    in: line('The column of the list that has the columns of a stream, such as fields'),
    name: v.optional(line('Where each of them has its name'), 'name'),
    type: v.optional(line('Where each of them has its type'), 'type'),
    types: v.optional(types, {}),
    values_in: v.optional(
      keysPath('Where a record of a stream has the values, such as fields; without it, in the record itself'),
    ),
  }),
  v.description('Columns that the list has of each stream, beside those of the schema, which all of them have'),
);

const RULE = 'must be lower-case letters, digits and _, beginning with a letter, 63 at most';

/** A list that streams are made of when the connector runs. */
export const streamsFrom = v.optional(
  v.pipe(
    fields({
      stream: line('The stream whose records are streams: the list'),
      name: v.optional(
        v.pipe(
          v.union(
            [line('The field'), list(line('A field'), 'Several fields')],
            'must be a field of its records, or a list of fields',
          ),
          v.description('The field, or the fields, of its records that name a stream'),
        ),
        'name',
      ),
      prefix: v.optional(line('What stands before their names')),
      as: v.pipe(
        mapping(v.pipe(v.string(), v.regex(CONFIG_KEY, RULE)), line('A field'), 'must be a mapping of names to fields'),
        v.check(value => Object.keys(value).length > 0, 'must have a field'),
        v.description(
          'What is taken of its records, and tells them apart: {table} in path, params and body for {table: id}',
        ),
      ),
      columns: v.optional(columns),
    }),
    v.description(
      'Not one stream, but one for each record of another stream, found when the connector runs, such as the tables of a base',
    ),
  ),
);
