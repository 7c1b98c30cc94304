import { isMapping } from '../../base/mapping.ts';
import { isDateTime } from '../../schema/infer/date-time.ts';
import { list, type Node, own } from '../../schema/infer/untyped.ts';
import type { DescribedKey } from '../described.ts';
import type { Endpoint } from '../endpoints/endpoint.ts';
import { schemaOfExample } from '../endpoints/example-schema.ts';
import { literal } from '../endpoints/names.ts';
import { purposeOf } from '../endpoints/paging-words.ts';
import type { Param } from '../endpoints/param.ts';
import type { Shapes } from '../endpoints/shape.ts';
import { AUTH_HEADER } from './auth.ts';
import { type Pair, pairsOf, type SavedRequest, textOf } from './collection.ts';
import { mayBeSecret, type Variables } from './variables.ts';

/** A request as an endpoint, and the texts whose variables become configuration keys. */
export interface SavedEndpoint {
  readonly endpoint: Endpoint;
  readonly keys: readonly DescribedKey[];
}

/** The reading requests below a base, with the path behind it. */
export function endpointOf(
  request: SavedRequest,
  path: readonly string[],
  variables: Variables,
  shapes: Shapes,
): SavedEndpoint {
  const { url, responses, method } = request;
  const sent = url.query.filter(pair => pair.sent && pair.key !== '' && !AUTH_HEADER.test(pair.key));
  const kept = sent.filter(
    ({ key, value }) => purposeOf(key) === undefined && value !== '' && !(mayBeSecret(key) && !value.includes('{{')),
  );
  const example = exampleOf(responses);
  return {
    endpoint: {
      path: `/${path.map(part => segment(part)).join('/')}`,
      method,
      operation: request.name,
      title: request.name,
      description: request.description,
      deprecated: false,
      params: [
        ...url.query.filter(({ key }) => key !== '').map(pair => queryParam(pair, variables, shapes)),
        ...url.variables.map(pathParam(shapes)),
      ],
      fixed: Object.fromEntries(kept.map(({ key, value }) => [literal(key), variables.withKeys(value)])),
      response: example && schemaOfExample(example.body),
      fromExample: true,
      headers: example?.headers ?? [],
      refusal: method === 'GET' ? undefined : `they are ${method} requests`,
    },
    keys: variables.keysIn(kept.map(({ value }) => value)),
  };
}

/** `:id` and `{{id}}` are parameters of the path. */
function segment(part: string): string {
  const name = /^:(.+)$/.exec(part)?.[1] ?? /^\{\{\s*([^{}]+?)\s*\}\}$/.exec(part)?.[1];
  return name === undefined ? part.replaceAll(/\{\{\s*([^{}]+?)\s*\}\}/g, '{$1}') : `{${name.replaceAll(/[{}]/g, '')}}`;
}

function queryParam({ key, value, description }: Pair, variables: Variables, shapes: Shapes): Param {
  const filled = variables.filled(value);
  const type = /^\d{1,15}$/.test(filled) ? 'integer' : 'string';
  const example = type === 'integer' ? Number(filled) : filled;
  const schema = { type, example, ...(isDateTime(filled) && { format: 'date-time' }) };
  return {
    name: key,
    place: 'query',
    required: false,
    description,
    shape: shapes.of(filled === '' || filled.includes('{{') ? {} : schema),
  };
}

function pathParam(shapes: Shapes): (pair: Pair) => Param {
  return ({ key, description }) => ({
    name: key,
    place: 'path',
    required: true,
    description,
    shape: shapes.of({ type: 'string' }),
  });
}

/** The first response that was kept and succeeded with JSON, and the names of its headers. */
function exampleOf(
  responses: readonly Node[],
): { readonly body: unknown; readonly headers: readonly string[] } | undefined {
  for (const response of responses) {
    const code = own(response, 'code');
    if (typeof code === 'number' && (code < 200 || code > 299)) continue;
    const body = parsed(textOf(own(response, 'body')));
    if (isMapping(body) || list(body).length > 0)
      return { body, headers: pairsOf(own(response, 'header')).map(({ key }) => key) };
  }
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
