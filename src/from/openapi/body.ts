import { list, type Node, own } from '../../schema/infer/untyped.ts';
import type { Param } from '../endpoints/param.ts';
import type { Shape } from '../endpoints/shape.ts';
import { type Description, text } from './description.ts';

/** How deep required fields are looked for, and so many of them: small references can make a large body. */
const MAX_DEPTH = 3;
const MAX_FIELDS = 500;

/** The body of a search: its fields, with `a.b` for b inside a, or why no parameters can make it. */
export interface Body {
  readonly params: readonly Param[];
  readonly refusal: string | undefined;
}

/** Reads the JSON body of a POST. */
export function bodyOf(node: Node, description: Description): Body {
  const { references, isSwagger, shapes } = description;
  const body = isSwagger
    ? list(own(node, 'parameters'))
        .map(given => references.mapping(given))
        .find(param => own(param, 'in') === 'body')
    : references.mapping(own(node, 'requestBody'));
  if (!body) return { params: [], refusal: undefined };
  const contents = Object.entries(references.mapping(own(body, 'content')));
  const json = contents.find(([type]) => /json/i.test(type))?.[1];
  if (!isSwagger && json === undefined && contents.length > 0 && own(body, 'required') === true)
    return { params: [], refusal: `they need a body of ${text(contents[0]?.[0])}, which is not JSON` };
  const params = fields(shapes.of(own(isSwagger ? body : references.mapping(json), 'schema')), '', description, {
    depth: 0,
    count: { left: MAX_FIELDS },
  });
  const odd = params.find(param => param.required && !isSayable(param, description));
  return { params, refusal: odd && `they need ${odd.name} in the body, which is more than a value` };
}

/** How far it is looked. */
interface Reach {
  readonly depth: number;
  readonly count: { left: number };
}

/** The fields of an object; of one that is required, the fields that it requires stand for it. */
function fields(shape: Shape, above: string, description: Description, { depth, count }: Reach): Param[] {
  const { shapes } = description;
  return [...shape.properties].flatMap(([key, { node, required }]): Param[] => {
    const inner = shapes.of(node);
    const name = `${above}${key}`;
    const isNeeded = [...inner.properties.values()].some(property => property.required);
    count.left -= 1;
    if (required && isNeeded && depth < MAX_DEPTH && count.left > 0 && !key.includes('.'))
      return fields(inner, `${name}.`, description, { depth: depth + 1, count });
    return [{ name, place: 'body', required, description: inner.description, shape: inner }];
  });
}

/** True for a value that a configuration key can hold: text, a number, true or false, or a list of these. */
function isSayable({ name, shape }: Param, { shapes }: Description): boolean {
  const isScalar = (type: string | undefined) => type !== undefined && type !== 'object' && type !== 'array';
  const isNamed = name.split('.').every(part => part !== '' && !/^\d+$/.test(part));
  return isNamed && (isScalar(shape.type) || (shape.type === 'array' && isScalar(shapes.of(shape.items).type)));
}
