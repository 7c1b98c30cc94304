import { isMapping } from '../../base/mapping.ts';
import { pathText } from '../../base/paths.ts';
import { type Node, own } from '../../schema/infer/untyped.ts';
import { keyName, literal } from '../endpoints/names.ts';
import { snake } from '../endpoints/words.ts';

/** What names in a template stand for. */
export interface Context {
  /** The parameters of the component. */
  readonly parameters: Node;
  /** How moments are written, as a format of ours behind a colon. */
  readonly moment?: string;
  /** What the paging has: cursor, page or offset. */
  readonly token?: string;
  /** Takes note of a configuration key, with its default where one is given. */
  key(name: string, fallback?: string): void;
}

const EXPRESSION = /\{\{\s*([\s\S]*?)\s*\}\}/;
/** `config['a']['b']`, `config.a.b`, `config.get('a')`, `response.get("a", {})`. */
const ACCESS =
  /^([a-z_]+)((?:\s*(?:\.get\(\s*(?:'[^']*'|"[^"]*")\s*(?:,\s*[^()]*)?\)|\.[A-Za-z_]\w*|\[\s*(?:'[^']*'|"[^"]*"|-?\d+)\s*\]))*)$/;
const STEP = /\.get\(\s*(?:'([^']*)'|"([^"]*)")[^()]*\)|\.([A-Za-z_]\w*)|\[\s*(?:'([^']*)'|"([^"]*)"|(-?\d+))\s*\]/g;

/** A name with the steps behind it: config, and ['credentials', 'token']. */
export interface Access {
  readonly root: string;
  readonly steps: readonly string[];
}

/** The one name that a text is, such as `{{ response.meta.next }}`; undefined where it is anything else. */
export function accessIn(text: unknown): Access | undefined {
  const inner = typeof text === 'string' ? new RegExp(`^\\s*${EXPRESSION.source}\\s*$`).exec(text)?.[1] : undefined;
  return inner === undefined ? undefined : access(inner);
}

/** A name with steps, as an expression has it. */
export function access(expression: string): Access | undefined {
  const [, root, rest = ''] = ACCESS.exec(expression.trim()) ?? [];
  if (root === undefined) return undefined;
  const steps = [...rest.matchAll(STEP)].map(found => found.slice(1).find(step => step !== undefined) ?? '');
  return steps.length === 0 ? undefined : { root, steps };
}

/** The path of ours that steps into a response or a record are. */
export function pathOf(steps: readonly string[]): string {
  return pathText(steps.map(step => (/^-?\d+$/.test(step) ? { index: Number(step) } : { key: step })));
}

/** A text of a request in our grammar; undefined where it has an expression that isn't known. */
export function translated(text: unknown, context: Context): string | undefined {
  if (typeof text === 'number' || typeof text === 'boolean') return String(text);
  if (typeof text !== 'string' || text.includes('{%')) return undefined;
  const parts = text
    .split(EXPRESSION)
    .map((part, index) => (index % 2 === 0 ? literal(part) : expression(part, context)));
  return parts.every(part => part !== undefined) ? parts.join('') : undefined;
}

function expression(text: string, context: Context): string | undefined {
  const quoted = /^(?:'([^']*)'|"([^"]*)")$/.exec(text);
  if (quoted) return literal(quoted[1] ?? quoted[2] ?? '');
  const [first = '', second, ...others] = text.split(/\s+or\s+/);
  if (/^parameters\b/.test(first) && second !== undefined && others.length === 0)
    return expression(first, context) || expression(second, context);
  const [, before = text, fallback] = /^(.*?)\s+or\s+(?:'([^']*)'|"(?:[^"]*)"|\d+)$/.exec(text) ?? [];
  const found = access(before);
  if (!found) return undefined;
  const { root, steps } = found;
  const last = steps.at(-1) as string;
  if (root === 'config') return configured(text, steps, fallback, context);
  if (root === 'parameters') return parameter(steps, context);
  if (['stream_partition', 'stream_slice'].includes(root) && steps.length === 1 && !/^(?:start|end)_time$/.test(last))
    return `{${partition(last)}}`;
  if (['stream_interval', 'stream_slice'].includes(root) && steps.length === 1) return moment(last, context);
  return root === 'next_page_token' && context.token !== undefined ? `{${context.token}}` : undefined;
}

/** A default may stand in `get`, or behind `or`. */
function configured(text: string, steps: readonly string[], fallback: string | undefined, context: Context): string {
  const name = configKey(steps);
  const [, given] = /\.get\(\s*(?:'[^']*'|"[^"]*")\s*,\s*['"]([^'"]*)['"]\s*\)$/.exec(text) ?? [];
  context.key(name, fallback ?? given);
  return `{${name}}`;
}

function parameter(steps: readonly string[], { parameters }: Context): string | undefined {
  const value = steps.reduce<unknown>((node, step) => (isMapping(node) ? own(node, step) : undefined), parameters);
  // What isn't there is empty text in Airbyte's templates.
  if (value === undefined || value === null) return '';
  return ['string', 'number', 'boolean'].includes(typeof value) && !String(value).includes('{{')
    ? literal(String(value))
    : undefined;
}

function moment(name: string, { moment: format }: Context): string | undefined {
  if (format === undefined) return undefined;
  if (name === 'start_time') return `{since${format}}`;
  return name === 'end_time' ? `{until${format}}` : undefined;
}

/** The configuration key of a name in Airbyte's configuration, whose groups are left out. */
export function configKey(steps: readonly string[]): string {
  const name = keyName(steps.at(-1) as string);
  // Connectors have a start_date of their own.
  return name === 'start_date' ? 'start_date_param' : name;
}

/** What a field of a parent is called in its children. */
export function partition(name: string): string {
  const plain = snake(name) || 'parent';
  return /^[a-z]/.test(plain) ? plain : `parent_${plain}`;
}
