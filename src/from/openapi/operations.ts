import { isMapping } from '../../base/mapping.ts';
import { list, type Node, own } from '../../schema/infer/untyped.ts';
import { literal } from '../endpoints/names.ts';
import type { Param } from '../endpoints/param.ts';
import type { References } from '../endpoints/references.ts';
import type { Shape, Shapes } from '../endpoints/shape.ts';
import { bodyOf } from './body.ts';
import { type Description, type Operation, text } from './description.ts';
import { responseOf } from './responses.ts';

/** Servers take no longer addresses. */
const MAX_PATH = 2000;

/** The operations that read: GET, and POST where it is a search. */
export function operationsOf(description: Description): Operation[] {
  const { root, references } = description;
  const paths = references.mapping(own(root, 'paths'));
  return Object.keys(paths).flatMap(path => {
    const item = references.mapping(paths[path]);
    return (['get', 'post'] as const).flatMap(method => {
      const node = references.follow(own(item, method));
      if (!isMapping(node) || (method === 'post' && !isSearch(path, node))) return [];
      return [operation(path, method, node, item, description)];
    });
  });
}

/** A POST that asks for records, and changes none. */
function isSearch(path: string, node: Node): boolean {
  return (
    /[/_.:-](?:search|query|list|filter|find|_search)$/i.test(path) ||
    /^(?:search|query|list|find)[A-Z_]/.test(String(own(node, 'operationId') ?? ''))
  );
}

function operation(path: string, method: 'get' | 'post', node: Node, item: Node, description: Description): Operation {
  const [plain = '', query = ''] = path.split('?');
  const body = method === 'post' ? bodyOf(node, description) : undefined;
  return {
    path: plain,
    method: method === 'get' ? 'GET' : 'POST',
    operation: text(own(node, 'operationId')),
    title: text(own(node, 'summary')),
    description: text(own(node, 'description')),
    deprecated: own(node, 'deprecated') === true,
    params: [...paramsOf(item, node, description), ...(body?.params ?? [])],
    fixed: Object.fromEntries([...new URLSearchParams(query)].map(pair => pair.map(literal))),
    ...responseOf(node, description),
    ...(body?.refusal !== undefined && { refusal: body.refusal }),
    ...((/[#(]/.test(plain) || plain.length > MAX_PATH) && { refusal: 'the path is more than an address' }),
    node,
    security: own(node, 'security') ?? own(description.root, 'security'),
    servers: own(node, 'servers') ?? own(item, 'servers'),
  };
}

/** The parameters of the operation, which come before those of its path. */
function paramsOf(item: Node, node: Node, { references, shapes, isSwagger, keys }: Description): Param[] {
  const params = new Map<string, Param>();
  for (const given of [...list(own(item, 'parameters')), ...list(own(node, 'parameters'))]) {
    const param = references.mapping(given);
    const place = text(own(param, 'in'));
    const name = text(own(param, 'name'));
    if (
      name === '' ||
      !['query', 'header', 'path', 'cookie'].includes(place) ||
      keys.has(`${place} ${name.toLowerCase()}`)
    )
      continue;
    const shape = shapes.of(isSwagger ? param : (own(param, 'schema') ?? firstContent(param, references)));
    const whole = {
      name,
      place: place as Param['place'],
      required: own(param, 'required') === true,
      description: text(own(param, 'description')),
      shape: withExample(shape, param, references),
    };
    for (const each of own(param, 'style') === 'deepObject' ? members(whole, shapes) : [whole])
      params.set(`${place} ${each.name}`, each);
  }
  return [...params.values()];
}

/** Outside its schema, a parameter of OpenAPI 3 has its example beside it. */
function withExample(shape: Shape, param: Node, references: References): Shape {
  const examples = own(param, 'examples');
  const [first] = isMapping(examples) ? Object.values(examples) : [];
  const example = own(param, 'example') ?? (first === undefined ? undefined : own(references.mapping(first), 'value'));
  return example === undefined ? shape : { ...shape, example };
}

function firstContent(param: Node, references: References): unknown {
  const [first] = Object.values(references.mapping(own(param, 'content')));
  return own(references.mapping(first), 'schema');
}

/** `page[number]` and `page[size]` of a parameter `page` that is an object. */
function members(param: Param, shapes: Shapes): Param[] {
  return [...param.shape.properties].map(([key, { node, required }]) => {
    const shape = shapes.of(node);
    return {
      ...param,
      name: `${param.name}[${key}]`,
      required: param.required && required,
      shape,
      description: shape.description,
    };
  });
}
