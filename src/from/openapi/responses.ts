import { isMapping } from '../../base/mapping.ts';
import { list, type Node, own } from '../../schema/infer/untyped.ts';
import type { Endpoint } from '../endpoints/endpoint.ts';
import { schemaOfExample } from '../endpoints/example-schema.ts';
import type { Description } from './description.ts';

const JSON_TYPE = /^(?:[\w.-]+\/(?:[\w.+-]+\+)?json\b|text\/json|\*\/\*|application\/\*)/i;

type Response = Pick<Endpoint, 'response' | 'fromExample' | 'headers' | 'refusal'>;

/** What an operation's response is said to have, where it succeeds. */
export function responseOf(node: Node, description: Description): Response {
  const { references, isSwagger } = description;
  const responses = references.mapping(own(node, 'responses'));
  const status = ['200', '2XX', '2xx', '206', '203', '201', 'default'].find(key => own(responses, key) !== undefined);
  const response = references.mapping(status === undefined ? undefined : own(responses, status));
  const headers = Object.keys(references.mapping(own(response, 'headers')));
  const [schema, example, types] = isSwagger ? swagger(node, response, description) : content(response, description);
  if (types.length > 0 && !types.some(type => JSON_TYPE.test(type)))
    return {
      response: undefined,
      fromExample: false,
      headers,
      refusal: `the response is ${types.slice(0, 3).join(', ')}, not JSON`,
    };
  const isEmpty = example !== undefined && saysNothing(schema, description);
  return { response: isEmpty ? schemaOfExample(example) : schema, fromExample: isEmpty, headers, refusal: undefined };
}

type Said = readonly [schema: unknown, example: unknown, types: readonly string[]];

function content(response: Node, { references }: Description): Said {
  const types = references.mapping(own(response, 'content'));
  const names = Object.keys(types);
  const name = names.find(type => JSON_TYPE.test(type));
  const media = references.mapping(name === undefined ? undefined : types[name]);
  const [first] = Object.values(references.mapping(own(media, 'examples')));
  return [own(media, 'schema'), own(media, 'example') ?? own(references.mapping(first), 'value'), names];
}

function swagger(node: Node, response: Node, { root, references }: Description): Said {
  const types = list(own(node, 'produces') ?? own(root, 'produces')).filter(type => typeof type === 'string');
  const examples = Object.entries(references.mapping(own(response, 'examples')));
  const example = examples.find(([type]) => JSON_TYPE.test(type))?.[1];
  return [own(response, 'schema'), isText(example) ? parsed(example) : example, types];
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** Some descriptions write examples as text. */
function parsed(example: string): unknown {
  try {
    return JSON.parse(example);
  } catch {
    return undefined;
  }
}

/** True for a schema that names no property of a record. */
function saysNothing(schema: unknown, { shapes }: Description): boolean {
  if (!isMapping(schema)) return true;
  const { properties, items } = shapes.of(schema);
  return properties.size === 0 && (items === undefined || shapes.of(items).properties.size === 0);
}
