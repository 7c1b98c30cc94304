import * as v from 'valibot';
import { connectorEntries } from '../../answers/connector.ts';
import { baseUrl, fields, list, mapping, textMap, whole } from '../../answers/fields.ts';
import { apiConfigKey } from '../../answers/typed-config-key.ts';
import { valuePath } from '../../records/response-path.ts';
import { auth } from './auth/answers.ts';
import { errorRules } from './errors/answers.ts';
import { formatEntries } from './formats/answers.ts';
import { pagination } from './pagination/answers.ts';
import { apiStream } from './stream-answers.ts';

/** The answers that make an API connector. */
export const apiAnswers = fields({
  kind: v.literal('api', 'must be api'),
  ...connectorEntries,
  config: v.optional(list(apiConfigKey, 'Configuration keys beyond those that follow from the other answers')),
  base_url: baseUrl('What every path begins with; {key} stands for a configuration key'),
  auth: v.optional(auth, { type: 'none' }),
  client_certificate: v.optional(
    v.pipe(
      v.boolean('must be true or false'),
      v.description('True where the API asks for a certificate of its clients'),
    ),
  ),
  headers: v.optional(textMap('Headers of every request; {key} stands for a configuration key')),
  ...formatEntries,
  success_when: v.optional(
    v.pipe(
      mapping(
        valuePath('Where the response says it'),
        v.union([v.string(), v.number(), v.boolean()], 'must be text, a number or true/false'),
        'must be a mapping of paths to values',
      ),
      v.description(
        'What responses have where all is well, such as code: 0, for APIs that answer failures with status 200; ok: false, success: false and errors instead of records are known',
      ),
    ),
  ),
  errors: errorRules,
  start_days_ago: v.optional(
    whole('How many days before a run incremental streams begin, where no start_date is configured', 1),
  ),
  configured_end: v.optional(
    v.pipe(
      v.boolean('must be true or false'),
      v.description('True for a configuration key end_date, at which streams end whose requests have an end'),
    ),
  ),
  rate_limit: v.optional(
    v.pipe(
      fields({ calls: whole('How many requests', 1), seconds: whole('In how many seconds', 1) }),
      v.description('The most that the API allows; the connector waits rather than ask for more'),
    ),
  ),
  max_wait_seconds: v.optional(
    whole('The longest wait that the API may ask for, by default an hour; a longer one ends the run', 1),
  ),
  pagination: v.optional(pagination, { type: 'none' }),
  streams: v.pipe(
    list(apiStream, 'The streams: one for each list of records that the API has'),
    v.minLength(1, 'must have at least one stream'),
  ),
});

export { apiStream };

export type ApiAnswers = v.InferOutput<typeof apiAnswers>;
