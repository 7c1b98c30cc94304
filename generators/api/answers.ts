import * as v from 'valibot';
import { connectorEntries } from '../common/answers/connector.ts';
import { choice, fields, line, list, oneOf, textMap, url, whole } from '../common/answers/fields.ts';
import { streamEntries } from '../common/answers/stream.ts';

const pageSize = {
  page_size_param: v.optional(line('The request parameter that asks for a page size, such as limit')),
  page_size: v.optional(whole('How many records to ask for at once', 1)),
};

export const auth = v.pipe(
  oneOf('type', [
    fields({ type: v.literal('none') }),
    fields({ type: v.literal('bearer') }),
    fields({
      type: v.literal('api_key'),
      in: v.optional(choice(['header', 'query', 'cookie'], 'Where the key goes'), 'header'),
      name: v.optional(line('The name of the header, parameter or cookie'), 'X-Api-Key'),
      prefix: v.optional(
        v.pipe(v.string('must be text'), v.description('What stands before the key, such as "Token "')),
      ),
    }),
  ]),
  v.description('How requests are authenticated; the secrets become configuration keys'),
);

export const pagination = v.pipe(
  oneOf('type', [
    fields({ type: v.literal('none') }),
    fields({
      type: v.literal('page'),
      page_param: v.optional(line('The request parameter of the page number'), 'page'),
      start_page: v.optional(whole('The number of the first page', 0), 1),
      ...pageSize,
    }),
    fields({
      type: v.literal('cursor'),
      cursor_param: v.optional(line('The request parameter that takes the cursor'), 'cursor'),
      cursor_path: line('Where the response has the next cursor, such as meta.next'),
      ...pageSize,
    }),
  ]),
  v.description('How a response of many records is cut into pages'),
);

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
  pagination: v.optional(pagination),
});

/** The answers that make an API connector. */
export const apiAnswers = fields({
  kind: v.literal('api', 'must be api'),
  ...connectorEntries,
  base_url: url('What every path begins with; {key} stands for a configuration key'),
  auth: v.optional(auth, { type: 'none' }),
  headers: v.optional(textMap('Headers of every request; {key} stands for a configuration key')),
  pagination: v.optional(pagination, { type: 'none' }),
  streams: v.pipe(
    list(stream, 'The streams: one for each list of records that the API has'),
    v.minLength(1, 'must have at least one stream'),
  ),
});

export { stream as apiStream };

export type ApiAnswers = v.InferOutput<typeof apiAnswers>;
export type ApiStreamAnswers = v.InferOutput<typeof stream>;
export type AuthAnswer = v.InferOutput<typeof auth>;
export type PaginationAnswer = v.InferOutput<typeof pagination>;
