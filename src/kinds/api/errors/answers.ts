import * as v from 'valibot';
import { choice, fields, line, list, whole } from '../../../answers/fields.ts';
import { placePath } from '../../../records/response-path.ts';

const status = v.pipe(whole('A status', 200), v.maxValue(599, 'must be a status from 200 to 599'));

/** What is to be done about some answers of an API. */
export const errorRule = fields({
  status: v.optional(
    v.pipe(
      v.union([status, list(status, '')], 'must be a status such as 403, or a list of them'),
      v.description('The status, or a list of them (default: any, also 200)'),
    ),
  ),
  path: v.optional(
    placePath('Where the response says what is wrong, such as error.code; alone: something stands there'),
  ),
  equals: v.optional(
    v.pipe(
      v.union([v.string(), v.number(), v.boolean()], 'must be text, a number or true/false'),
      v.description('What stands there'),
    ),
  ),
  contains: v.optional(line('A text in what stands there, or without a path anywhere in the response')),
  do: choice(
    ['retry', 'wait', 'empty', 'fail'],
    'What is done: it is asked again, or again as after a rate limit; there are no records; or the run fails',
  ),
  wait_seconds: v.optional(whole("How long to wait where the API doesn't say it", 1)),
  message: v.optional(line('What the message says before the words of the API, such as what to do')),
});

/** The rules of a connector or a stream. */
export const errorRules = v.optional(
  list(errorRule, 'What is done about errors; the first rule that fits counts, those of a stream before the others'),
);

export type ErrorRule = v.InferOutput<typeof errorRule>;
