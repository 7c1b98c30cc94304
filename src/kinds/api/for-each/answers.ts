import * as v from 'valibot';
import { fields, list } from '../../../answers/fields.ts';
import { CONFIG_KEY } from '../../../base/names.ts';

const RULE = 'must be lower-case letters, digits and _, beginning with a letter, 63 at most';

const item = v.union(
  [v.pipe(v.string(), v.minLength(1)), v.pipe(v.number(), v.safeInteger())],
  'must be text or a whole number',
);

/** A list that a stream is asked for by, item by item. */
export const forEach = v.optional(
  v.pipe(
    fields({
      items: v.optional(list(item, 'The items, such as [eu, us]')),
      config: v.optional(
        v.pipe(
          v.string('must be text'),
          v.regex(CONFIG_KEY, RULE),
          v.description('The configuration key that has them: a list, or text with commas between'),
        ),
      ),
      as: v.optional(
        v.pipe(
          v.string('must be text'),
          v.regex(CONFIG_KEY, RULE),
          v.description('What an item is called: {item} in path, params and body, and the column that takes it'),
        ),
        'item',
      ),
    }),
    v.description('The stream is read for each item of a list, one by one'),
  ),
);
