import type { Problem } from '../../base/problems.ts';
import { MAX_DEPTH } from '../dialect.ts';
import { both, either, type Facts, JSON_TYPES, type JsonType, NOTHING_KNOWN } from '../infer/facts.ts';
import { list, type Node, untypedTypes } from '../infer/untyped.ts';

/** Sub-schemas may multiply without end through $ref; no honest schema of a stream has so many. */
const MAX_NODES = 50_000;
/** So many schemas lie in or lead to each other in no honest one; what is behind them is described by its type alone. */
const MAX_AROUND = 200;
/** The most schemas that one is made of at once. */
const MAX_TOGETHER = 1000;

/** How schemas that are part of something larger are read. */
export interface SchemaReading {
  /** What a reference leads to, where it isn't one within the schema. */
  readonly target?: (reference: string) => unknown;
  /** How deep properties are described. */
  readonly depth?: number;
  /** How many sub-schemas are read. */
  readonly nodes?: number;
}

/** Reads what a JSON Schema of any draft says, following local references, and notes every problem on the way. */
export class JsonSchemaReader {
  readonly problems: Problem[] = [];
  readonly #root: unknown;
  readonly #where: string;
  readonly #reading: SchemaReading;
  readonly #maxDepth: number;
  readonly #maxNodes: number;
  #nodes = 0;

  constructor(root: unknown, where: string, reading: SchemaReading = {}) {
    this.#root = root;
    this.#where = where;
    this.#reading = reading;
    this.#maxDepth = reading.depth ?? MAX_DEPTH;
    this.#maxNodes = reading.nodes ?? MAX_NODES;
  }

  /** True where the schema unfolded to more parts than are read. */
  get isCut(): boolean {
    return this.#nodes > this.#maxNodes;
  }

  /** The facts of the whole schema. */
  read(): Facts {
    return this.#facts(this.#root, '', 0, []);
  }

  /** `above`: the schemas around this one. One that comes back (a tree, a linked list) is described by its type alone. */
  #facts(node: unknown, path: string, depth: number, above: readonly unknown[]): Facts {
    if (typeof node === 'boolean') return NOTHING_KNOWN;
    if (typeof node !== 'object' || node === null || Array.isArray(node)) {
      return this.#problem(
        path,
        `expected a JSON schema, found ${JSON.stringify(node)?.slice(0, 40)}`,
        'write it as {"type": ["null", "string"]}',
      );
    }
    if (++this.#nodes > this.#maxNodes) {
      return this.#nodes === this.#maxNodes + 1
        ? this.#problem(path, `the schema unfolds to more than ${this.#maxNodes} parts`)
        : NOTHING_KNOWN;
    }
    const schema = node as Node;
    if (above.length >= MAX_AROUND || above.includes(node))
      return { ...NOTHING_KNOWN, types: this.#typesAlone(schema, path, new Set()) };
    const inside = [...above, node];
    const parts = [this.#own(schema, path, depth, inside)];
    if (schema.$ref !== undefined) parts.push(this.#facts(this.#target(schema.$ref, path), path, depth, inside));
    const [together, ...others] = ['allOf', 'anyOf', 'oneOf'].map(keyword => this.#several(schema, keyword, path));
    for (const part of together ?? []) parts.push(this.#facts(part, path, depth, inside));
    for (const alternatives of others) {
      const facts = alternatives.map(part => this.#facts(part, path, depth, inside));
      if (facts.length) parts.push(facts.reduce(either));
    }
    return parts.reduce(both);
  }

  #several(schema: Node, keyword: string, path: string): readonly unknown[] {
    const parts = list(schema[keyword]);
    if (parts.length <= MAX_TOGETHER) return parts;
    this.#problem(path, `${keyword} has more than ${MAX_TOGETHER} schemas`);
    return parts.slice(0, MAX_TOGETHER);
  }

  #own(schema: Node, path: string, depth: number, inside: readonly unknown[]): Facts {
    // What lies deeper is described by its type alone.
    if (depth > this.#maxDepth + 1) return { ...NOTHING_KNOWN, types: this.#types(schema, path) };
    const properties = new Map<string, Facts>();
    for (const [name, value] of this.#properties(schema, path)) {
      properties.set(name, this.#facts(value, `${path}${path && '.'}${name}`, depth + 1, inside));
    }
    const items = [...list(schema.prefixItems), ...(Array.isArray(schema.items) ? schema.items : [schema.items])];
    const known = items
      .filter(item => item !== undefined)
      .map(item => this.#facts(item, `${path}[]`, depth + 1, inside));
    return {
      types: this.#types(schema, path),
      dateTime: schema.format === 'date-time',
      properties,
      items: known.length ? known.reduce(either) : undefined,
      merged: false,
    };
  }

  #properties({ properties = {} }: Node, path: string): [string, unknown][] {
    if (typeof properties === 'object' && properties !== null && !Array.isArray(properties))
      return Object.entries(properties);
    this.#problem(path, '"properties" is not an object', 'it maps the name of each column to its schema');
    return [];
  }

  /** The types of a schema, or of what it is made of, without looking at anything else. */
  #typesAlone(node: unknown, path: string, seen: Set<unknown>): ReadonlySet<JsonType> {
    if (typeof node !== 'object' || node === null || seen.has(node) || seen.size >= MAX_AROUND) return new Set();
    seen.add(node);
    const schema = node as Node;
    const types = this.#types(schema, path);
    if (types.size > 0) return types;
    const target = schema.$ref === undefined ? [] : [this.#target(schema.$ref, path)];
    const parts = [...target, ...list(schema.allOf), ...list(schema.anyOf), ...list(schema.oneOf)];
    return new Set(parts.flatMap(part => [...this.#typesAlone(part, path, seen)]));
  }

  #types(schema: Node, path: string): ReadonlySet<JsonType> {
    if (schema.type === undefined) return untypedTypes(schema);
    const types = Array.isArray(schema.type) ? schema.type : [schema.type];
    for (const type of types.filter(type => !JSON_TYPES.includes(type))) {
      this.#problem(path, `${JSON.stringify(type)} is no type of JSON Schema`, `use one of ${JSON_TYPES.join(', ')}`);
    }
    return new Set(types.filter(type => JSON_TYPES.includes(type)));
  }

  /** What a local reference points to (RFC 6901). */
  #target(ref: unknown, path: string): unknown {
    const known = typeof ref === 'string' ? this.#reading.target?.(ref) : undefined;
    if (known !== undefined) return known;
    if (typeof ref !== 'string' || !/^#(?:\/|$)/.test(ref)) {
      this.#problem(
        path,
        `the reference ${JSON.stringify(ref)} leaves the schema`,
        'only references such as "#/definitions/name" are followed: copy the definition in',
      );
      return true;
    }
    let target = this.#root;
    for (const step of ref.split('/').slice(1)) {
      const name = unescaped(step);
      target =
        typeof target === 'object' && target !== null && Object.hasOwn(target, name)
          ? (target as Node)[name]
          : undefined;
    }
    if (target === undefined) this.#problem(path, `the reference ${JSON.stringify(ref)} points to nothing`);
    return target ?? true;
  }

  #problem(path: string, message: string, hint?: string): Facts {
    const problem = { message, where: `${this.#where}${path && ` (${path})`}`, ...(hint && { hint }) };
    if (!this.problems.some(known => known.message === message && known.where === problem.where))
      this.problems.push(problem);
    return NOTHING_KNOWN;
  }
}

function unescaped(step: string): string {
  try {
    return decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    return step;
  }
}
