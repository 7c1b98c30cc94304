import type { JsonType } from './facts.ts';

/** A schema that is an object, as parsed. */
export type Node = Readonly<Record<string, unknown>>;

/** Keywords that tell the type where `type` is missing. */
const TELLING: readonly (readonly [JsonType, readonly string[]])[] = [
  ['object', ['properties', 'additionalProperties', 'patternProperties', 'required']],
  ['array', ['items', 'prefixItems', 'minItems', 'maxItems', 'uniqueItems']],
  ['string', ['format', 'pattern', 'minLength', 'maxLength']],
  ['number', ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']],
];

/** The types of a schema without `type`: those of its values, or what its other keywords are for. */
export function untypedTypes(schema: Node): ReadonlySet<JsonType> {
  const values = Object.hasOwn(schema, 'const') ? [schema.const] : list(schema.enum);
  if (values.length) return new Set(values.map(typeOf));
  const told = TELLING.find(([, keywords]) => keywords.some(keyword => schema[keyword] !== undefined));
  if (told) return new Set([told[0]]);
  const examples = Object.hasOwn(schema, 'example') ? [schema.example] : list(schema.examples);
  return new Set(isPart(schema) ? [] : examples.map(typeOf));
}

/** The type of what is made of other schemas is theirs. */
function isPart(schema: Node): boolean {
  return ['$ref', 'allOf', 'anyOf', 'oneOf'].some(keyword => Object.hasOwn(schema, keyword));
}

function typeOf(value: unknown): JsonType {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value === 'boolean' || typeof value === 'object' ? (typeof value as JsonType) : 'string';
}

/** The value of a keyword that is a list; anything else is none. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A property of its own: `constructor` and `__proto__` are names like any other. */
export function own<Value>(object: Readonly<Record<string, Value>> | undefined, name: string): Value | undefined {
  return object && Object.hasOwn(object, name) ? object[name] : undefined;
}
