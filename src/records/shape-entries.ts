import * as v from 'valibot';
import { choice, fields, line, list, mapping } from '../answers/fields.ts';
import { convert } from './epochs.ts';
import { columnsPath, keysPath, valuePath } from './response-path.ts';

const name = v.pipe(v.string(), v.minLength(1, 'has an empty name'));

const value = fields({
  value: v.union(
    [v.pipe(v.string(), v.maxLength(5000, 'must have 5,000 characters at most')), v.number(), v.boolean()],
    'must be text, a number or true/false',
  ),
});

/** The answers about columns that aren't the fields of the API's records. */
export const shapeEntries = {
  remove: v.optional(
    list(
      keysPath('A field, such as _links or owner.avatar'),
      'Fields of records that are no columns, such as owner.avatar',
    ),
  ),
  flatten: v.optional(
    v.pipe(
      v.union(
        [v.literal(true), v.array(line('A field'), 'must be a list')],
        'must be true, or a list of fields whose objects become columns',
      ),
      v.description('True, or a list of fields: what is inside of their objects becomes columns, such as owner_name'),
    ),
  ),
  flatten_separator: v.optional(
    v.pipe(
      v.string('must be text'),
      v.regex(/^[^\r\n{}]{0,10}$/, 'must have 10 characters at most'),
      v.description('What stands between the names then (default: _)'),
    ),
  ),
  rename: v.optional(
    v.pipe(
      mapping(name, line('A column'), 'must be a mapping of fields to columns'),
      v.description('Other names of fields: field and column'),
    ),
  ),
  names: v.optional(
    choice(['lower', 'snake'], 'How all other fields are renamed: createdAt to createdat, or to created_at'),
  ),
  columns: v.optional(
    v.pipe(
      mapping(
        name,
        v.union([valuePath('Where a record has it'), value], 'must be a path such as owner.id, or {value: …}'),
        'must be a mapping of columns to paths',
      ),
      v.description(
        'Further columns: column and path in the record as the API gives it, such as owner.id, or {value: text, number, true or false}; in a text, {key} stands for a configuration key or a field of a parent, {since} and {until} for what the API was asked for',
      ),
    ),
  ),
  convert,
  cast: v.optional(
    v.pipe(
      v.boolean('must be true or false'),
      v.description(
        'True where values are to get the types of the schema, such as numbers that are text; others are an error',
      ),
    ),
  ),
  columns_path: v.optional(
    columnsPath(
      'Where the response has the names of the columns, where records are rows, such as columns or fields.*.name; without it, the first row has them',
    ),
  ),
  column_names: v.optional(
    list(line('A column'), 'The names of the columns, where records are rows and no response has them'),
  ),
  value_column: v.optional(line('The column of records that are values, or of the values of a map (default: value)')),
};
