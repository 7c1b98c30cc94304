import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

type Node = Readonly<Record<string, unknown>>;

/** Lists that are about the response itself. */
const ASIDE = /^(?:errors?|warnings?|messages?|links?|notifications|meta(?:data)?)$/i;

/**
 * Whether a description has a list of objects at a path of an operation's response, which is no part of a single record: a judge of
 * what either tool finds that shares no code with them. It knows JSON and YAML, `$ref` in the document, and parts of schemas.
 */
export function isListOfObjects(file: string, endpoint: string, records: string | null): boolean {
  const root = documentOf(file);
  if (records === null || /\{[^/]*\}\/?$/.test(endpoint)) return false;
  const keys = records.split('.').filter(key => key !== '' && key !== '*' && key !== '[*]');
  if (ASIDE.test(keys.at(-1) ?? '')) return false;
  const item = mapping(mapping(root.paths)[endpoint]);
  return responsesOf(root, item).some(schema => isList(root, at(root, schema, keys)));
}

let last: { readonly file: string; readonly root: Node } | undefined;

function documentOf(file: string): Node {
  if (last?.file !== file) {
    const text = readFileSync(file, 'utf8');
    last = { file, root: mapping(/^\s*\{/.test(text) ? JSON.parse(text) : parse(text)) };
  }
  return last.root;
}

function mapping(value: unknown): Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Node) : {};
}

/** The schemas of responses that succeed, of GET and of searches by POST. */
function responsesOf(root: Node, item: Node): Node[] {
  return [item.get, item.post].flatMap(operation =>
    Object.entries(mapping(mapping(followed(root, operation)).responses))
      .filter(([status]) => /^(?:2|default)/.test(status))
      .flatMap(([, response]) => {
        const { schema, content } = followed(root, response);
        return [schema, ...Object.values(mapping(content)).map(media => mapping(media).schema)];
      })
      .filter(schema => schema !== undefined)
      .map(schema => followed(root, schema)),
  );
}

function followed(root: Node, value: unknown): Node {
  let node = mapping(value);
  for (let steps = 0; typeof node.$ref === 'string' && steps < 20; steps++) {
    const keys = node.$ref.replace(/^#\//, '').split('/');
    const names = keys.map(key => decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~'));
    node = mapping(names.reduce<unknown>((inner, key) => mapping(inner)[key] ?? (inner as Node[])[Number(key)], root));
  }
  return node;
}

/** A schema and those that it is made of. */
function parts(root: Node, schema: unknown, depth = 0): Node[] {
  const node = followed(root, schema);
  const inner = depth > 6 ? [] : [node.allOf, node.oneOf, node.anyOf].flat().filter(each => each !== undefined);
  return [node, ...inner.flatMap(each => parts(root, each, depth + 1))];
}

function at(root: Node, schema: Node, keys: readonly string[]): Node[] {
  let here = parts(root, schema);
  for (const key of keys) {
    const lists = here.flatMap(({ items }) => (items === undefined ? [] : parts(root, items)));
    here = [...here, ...lists].flatMap(({ properties }) => {
      const inner = mapping(properties)[key];
      return inner === undefined ? [] : parts(root, inner);
    });
  }
  return here;
}

/** A list of what isn't said to be anything but an object. */
function isList(root: Node, nodes: readonly Node[]): boolean {
  const items = nodes
    .filter(({ type, items: its }) => type === 'array' || its !== undefined)
    .map(({ items: its }) => its);
  return items.some(its => {
    const types = parts(root, its).flatMap(({ type }) => type ?? []);
    return types.length === 0 || types.includes('object');
  });
}
