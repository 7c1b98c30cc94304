import * as v from 'valibot';
import { connectorEntries } from '../common/answers/connector.ts';
import { choice, fields, line, list, text, textMap, url, whole } from '../common/answers/fields.ts';
import { streamEntries } from '../common/answers/stream.ts';
import { auth } from './auth-answers.ts';
import { pagination } from './pagination-answers.ts';

export const path = v.pipe(
  line("The stream's path below the base URL; {key} stands for a configuration key"),
  v.regex(
    /^\/?[^\s?#{}"'<>\\^`|]*(?:\{[a-z][a-z0-9_]*\}[^\s?#{}"'<>\\^`|]*)*$/,
    'must be a path such as /deals, without a query (params has those)',
  ),
);

const stream = fields({
  ...streamEntries,
  path,
  method: v.optional(choice(['GET', 'POST'], 'How it is asked for (default: GET, with a body or a query POST)')),
  body: v.optional(
    v.pipe(
      v.record(v.string(), v.unknown(), 'must be a mapping'),
      v.description('The JSON body of every request; {key} stands for a configuration key'),
    ),
  ),
  graphql: v.optional(text('The GraphQL query; it gets a file of its own')),
  params_in: v.optional(
    choice(['query', 'body'], 'Where the request parameters go (default: query); in a body, a.b is b inside a'),
  ),
  params: v.optional(textMap('Request parameters of every request')),
  records_path: v.optional(
    line('Where the records are in a response, such as data.items; without it, the response itself'),
  ),
  bookmark_param: v.optional(
    line('The request parameter that filters by the bookmark; without it, the connector filters'),
  ),
  bookmark_format: v.optional(
    choice(
      ['iso8601', 'date', 'epoch_seconds', 'epoch_milliseconds'],
      'How bookmark_param writes a moment (default: iso8601)',
    ),
  ),
  empty_statuses: v.optional(list(whole('A status', 400), 'The statuses that mean no records, such as 404')),
  pagination: v.optional(pagination),
});

/** The answers that make an API connector. */
export const apiAnswers = fields({
  kind: v.literal('api', 'must be api'),
  ...connectorEntries,
  base_url: url('What every path begins with; {key} stands for a configuration key'),
  auth: v.optional(auth, { type: 'none' }),
  client_certificate: v.optional(
    v.pipe(
      v.boolean('must be true or false'),
      v.description('True where the API asks for a certificate of its clients'),
    ),
  ),
  headers: v.optional(textMap('Headers of every request; {key} stands for a configuration key')),
  rate_limit: v.optional(
    v.pipe(
      fields({ calls: whole('How many requests', 1), seconds: whole('In how many seconds', 1) }),
      v.description('The most that the API allows; the connector waits rather than ask for more'),
    ),
  ),
  pagination: v.optional(pagination, { type: 'none' }),
  streams: v.pipe(
    list(stream, 'The streams: one for each list of records that the API has'),
    v.minLength(1, 'must have at least one stream'),
  ),
});

export { stream as apiStream };

export type ApiAnswers = v.InferOutput<typeof apiAnswers>;
export type ApiStreamAnswers = v.InferOutput<typeof stream>;
