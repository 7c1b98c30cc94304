import * as v from 'valibot';
import { baseUrl, choice, fields, line, mapping, requestText, text, textMap } from '../../answers/fields.ts';

const path = v.pipe(
  line(
    "The stream's path below the base URL; {key} stands for a configuration key, a field of a parent, {since}, {page} and the like",
  ),
  requestText,
  v.regex(
    /^\/?[^\s?#{}"'<>\\^`|]*(?:\{[^{}]*\}[^\s?#{}"'<>\\^`|]*)*$/,
    'must be a path such as /deals, without a query (params has those)',
  ),
);

const scalar = v.union([text(''), v.number(), v.boolean()], 'must be text, a number, true/false or a list of these');

const params = v.pipe(
  mapping(
    v.pipe(v.string(), v.minLength(1, 'has an empty name')),
    v.union([scalar, v.array(scalar)], 'must be text, a number, true/false or a list of these'),
    'must be a mapping of names to values',
  ),
  v.description(
    'Request parameters of every request, with names in braces as in path; a list is one parameter several times',
  ),
);

const bodyOf = (description: string) =>
  v.pipe(v.record(v.string(), v.unknown(), 'must be a mapping'), v.description(description));

/** The answers about the requests of one stream. */
export const requestEntries = {
  base_url: v.optional(baseUrl("What its path begins with, where that isn't the connector's base_url")),
  path,
  method: v.optional(choice(['GET', 'POST'], 'How it is asked for (default: GET, with a body or a query POST)')),
  headers: v.optional(
    textMap("Headers of its requests, beside the connector's and in their place; names in braces as in path"),
  ),
  body: v.optional(bodyOf('The body of every request, with names in braces as in path')),
  body_as: v.optional(
    choice(['json', 'form'], 'What the body is written as (default: json); a form has nothing nested but lists'),
  ),
  graphql: v.optional(text('The GraphQL query; it gets a file of its own')),
  variables: v.optional(bodyOf('The variables of the GraphQL query, with names in braces as in path')),
  params_in: v.optional(
    choice(
      ['query', 'body'],
      'Where the request parameters go (default: query); in a JSON body, a.b is b inside a, a.0 the first of a list',
    ),
  ),
  params: v.optional(params),
};

export type ParamValue = v.InferOutput<typeof params>[string];

const requests = fields(requestEntries);
export type RequestAnswers = v.InferOutput<typeof requests>;
