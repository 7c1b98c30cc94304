import { isMapping } from '../../base/mapping.ts';
import { list, type Node, own, untypedTypes } from '../../schema/infer/untyped.ts';

/** Parts of one schema, by allOf, anyOf and oneOf; those beyond are left out. */
const MAX_PARTS = 300;

/** One property of an object, as far as its schema says. */
export interface Property {
  readonly node: unknown;
  /** True where every object has it. */
  readonly required: boolean;
}

/** What a schema says of a value, its alternatives taken together; nothing below its properties is looked at. */
export interface Shape {
  readonly type: string | undefined;
  readonly format: string | undefined;
  readonly description: string;
  readonly title: string;
  readonly properties: ReadonlyMap<string, Property>;
  readonly items: unknown;
  readonly nullable: boolean;
  /** A value that the description gives as default. */
  readonly fallback: unknown;
  /** A value that the description gives as an example. */
  readonly example: unknown;
  readonly enumerated: readonly unknown[];
  readonly least: number | undefined;
  readonly most: number | undefined;
}

/** Looks at schemas, each once; `follow` gives what stands where a reference leads. */
export class Shapes {
  readonly #follow: (node: unknown) => unknown;
  readonly #known = new WeakMap<object, Shape>();

  constructor(follow: (node: unknown) => unknown) {
    this.#follow = follow;
  }

  of(node: unknown): Shape {
    if (!isMapping(node)) return shapeOf([]);
    const known = this.#known.get(node);
    if (known) return known;
    // Two references to one schema are the same shape.
    const target = this.#follow(node);
    if (target !== node && own(node, 'description') === undefined) return this.of(target);
    const parts: Part[] = [];
    this.#collect(node, false, parts, new Set());
    const shape = shapeOf(parts);
    this.#known.set(node, shape);
    return shape;
  }

  /** The schema itself and what it is made of, each once. */
  #collect(node: unknown, optional: boolean, parts: Part[], seen: Set<unknown>): void {
    const schema = this.#follow(node);
    if (!isMapping(schema) || seen.has(schema) || parts.length >= MAX_PARTS) return;
    seen.add(schema);
    // Beside a reference, OpenAPI 3.1 has a description of its own.
    const beside = node !== schema && isMapping(node) ? own(node, 'description') : undefined;
    parts.push({ schema: beside === undefined ? schema : { ...schema, description: beside }, optional });
    for (const part of list(own(schema, 'allOf'))) this.#collect(part, optional, parts, seen);
    for (const key of ['anyOf', 'oneOf']) {
      const alternatives = list(own(schema, key));
      for (const part of alternatives) this.#collect(part, optional || alternatives.length > 1, parts, seen);
    }
  }
}

interface Part {
  readonly schema: Node;
  /** True for an alternative: what it requires need not be there. */
  readonly optional: boolean;
}

function shapeOf(parts: readonly Part[]): Shape {
  const types = parts.flatMap(({ schema }) => typesOf(schema));
  const first = <Value>(find: (schema: Node) => Value | undefined): Value | undefined => {
    for (const { schema } of parts) {
      const found = find(schema);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const text = (key: string) => first(schema => textOf(own(schema, key)));
  const number = (key: string) => first(schema => numberOf(own(schema, key)));
  return {
    type: types.find(type => type !== 'null'),
    format: text('format'),
    description: text('description') ?? '',
    title: text('title') ?? '',
    properties: propertiesOf(parts),
    items: first(schema => own(schema, 'items')),
    nullable:
      types.includes('null') || parts.some(({ schema }) => schema.nullable === true || schema['x-nullable'] === true),
    fallback: first(schema => own(schema, 'default')),
    example: first(schema => own(schema, 'example') ?? list(own(schema, 'examples'))[0]),
    enumerated: first(enumOf) ?? [],
    least: number('minimum'),
    most: number('maximum'),
  };
}

function enumOf(schema: Node): readonly unknown[] | undefined {
  if (Object.hasOwn(schema, 'const')) return [schema.const];
  const values = list(own(schema, 'enum'));
  return values.length > 0 ? values : undefined;
}

function typesOf(schema: Node): readonly string[] {
  const type = own(schema, 'type');
  if (typeof type === 'string') return [type];
  const types = list(type).filter(item => typeof item === 'string');
  return types.length > 0 ? types : [...untypedTypes(schema)];
}

function propertiesOf(parts: readonly Part[]): ReadonlyMap<string, Property> {
  const properties = new Map<string, Property>();
  const required = new Set(
    parts.flatMap(({ schema, optional }) => (optional ? [] : list(own(schema, 'required')))) as unknown[],
  );
  for (const { schema } of parts) {
    const declared = own(schema, 'properties');
    if (!isMapping(declared)) continue;
    for (const [name, node] of Object.entries(declared))
      if (!properties.has(name)) properties.set(name, { node, required: required.has(name) });
  }
  return properties;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
