import { isMapping } from '../../base/mapping.ts';
import { list, type Node, own } from '../../schema/infer/untyped.ts';

/** Components in components, through references; a manifest that goes deeper goes in circles. */
const MAX_DEPTH = 40;
/** The most parts that a manifest unfolds to. */
const MAX_PARTS = 200_000;
/** What is no component, and so takes part in nothing. */
const PLAIN: ReadonlySet<string> = new Set(['schema', 'spec', 'schemas', 'metadata', 'connection_specification']);

/**
 * A manifest with its references followed and `$parameters` handed down, as Airbyte's documentation says: a reference may have keys
 * beside it, which come before those of its target; parameters stand for the keys that a component below them hasn't.
 */
export function unfolded(root: Node): Node {
  let parts = 0;
  const unfold = (given: unknown, parameters: Node, depth: number, name: string): unknown => {
    parts += 1;
    if (depth > MAX_DEPTH || parts > MAX_PARTS) return undefined;
    if (typeof given === 'string' && given.startsWith('#/'))
      return unfold(at(root, given), parameters, depth + 1, name);
    if (Array.isArray(given)) return given.map(item => unfold(item, parameters, depth + 1, name));
    if (!isMapping(given)) return given;
    const { $ref, ...beside } = given;
    const target = typeof $ref === 'string' ? at(root, $ref) : undefined;
    // A list has no place for what stands beside the reference to it.
    if (Array.isArray(target) && Object.keys(beside).length === 0) return unfold(target, parameters, depth + 1, name);
    const node = typed(followed(given, root), name);
    const handed = isMapping(own(node, '$parameters')) ? { ...parameters, ...(node.$parameters as Node) } : parameters;
    const entries = Object.entries(withParameters(node, handed))
      .filter(([key]) => key !== '$parameters')
      .map(([key, value]) => [key, PLAIN.has(key) ? value : unfold(value, handed, depth + 1, key)] as const);
    const whole = Object.fromEntries(entries);
    // Only components take parameters: a mapping of headers has no type.
    if (typeof own(node, 'type') !== 'string') return whole;
    return { ...whole, $parameters: handed };
  };
  const streams = list(own(root, 'streams')).map(stream => unfold(stream, {}, 0, 'stream'));
  return { ...root, streams };
}

/** Components that parameters may stand for, by the type of what has them. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  DeclarativeStream: ['incremental_sync', 'retriever', 'schema_loader', 'transformations'],
  SimpleRetriever: ['paginator', 'partition_router', 'record_selector', 'requester'],
  HttpRequester: ['authenticator', 'error_handler', 'request_body_json', 'request_headers', 'request_parameters'],
};

/** A component with those of its parts that parameters are. */
function withParameters(node: Node, handed: Node): Node {
  const type = own(node, 'type');
  const parts = typeof type === 'string' && Object.hasOwn(PARTS, type) ? (PARTS[type] ?? []) : [];
  const given = parts.filter(key => own(node, key) === undefined && typeof own(handed, key) === 'object');
  return given.length === 0 ? node : { ...node, ...Object.fromEntries(given.map(key => [key, own(handed, key)])) };
}

/** What a component is that doesn't say it, by where it stands. */
const TYPES: Readonly<Record<string, string>> = {
  error_handler: 'DefaultErrorHandler',
  extractor: 'DpathExtractor',
  incremental_sync: 'DatetimeBasedCursor',
  paginator: 'DefaultPaginator',
  parent_stream_configs: 'ParentStreamConfig',
  record_selector: 'RecordSelector',
  requester: 'HttpRequester',
  retriever: 'SimpleRetriever',
  schema_loader: 'JsonFileSchemaLoader',
  stream: 'DeclarativeStream',
};

function typed(node: Node, name: string): Node {
  const type = Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
  return type === undefined || own(node, 'type') !== undefined || own(node, 'class_name') !== undefined
    ? node
    : { ...node, type };
}

/** A mapping with its references followed, each below the keys beside it. */
function followed(given: Node, root: Node): Node {
  let node = given;
  for (let step = 0; typeof own(node, '$ref') === 'string' && step < MAX_DEPTH; step++) {
    const { $ref, ...beside } = node;
    const target = at(root, String($ref));
    node = isMapping(target) ? { ...target, ...beside, ...mergedParameters(target, beside) } : beside;
  }
  return node;
}

function mergedParameters(target: Node, beside: Node): Node {
  const [above, below] = [own(beside, '$parameters'), own(target, '$parameters')];
  return isMapping(above) && isMapping(below) ? { $parameters: { ...below, ...above } } : {};
}

/** What a reference within the manifest leads to. */
export function at(root: Node, reference: string): unknown {
  let target: unknown = root;
  if (!reference.startsWith('#/')) return undefined;
  for (const step of reference.slice(2).split('/')) {
    if (Array.isArray(target)) target = target[Number(step)];
    else target = isMapping(target) ? own(target, step) : undefined;
  }
  return target;
}

/** A value of a component, or that of the parameter of its name. */
export function given(component: Node, key: string): unknown {
  return own(component, key) ?? own(parametersOf(component), key);
}

/** A component below a component; undefined where it is none. */
export function part(component: Node, key: string): Node | undefined {
  const value = own(component, key);
  return isMapping(value) ? value : undefined;
}

/** The parameters that a component has, its own and those handed down. */
export function parametersOf(component: Node): Node {
  const parameters = own(component, '$parameters');
  return isMapping(parameters) ? parameters : {};
}
