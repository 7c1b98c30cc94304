import { isMapping } from '../../base/mapping.ts';
import { pathText } from '../../base/paths.ts';
import { type Node, own } from '../../schema/infer/untyped.ts';
import type { DescribedKey } from '../described.ts';
import { keyName, literal } from '../endpoints/names.ts';
import { snake } from '../endpoints/words.ts';
import { momentFormat } from './formats.ts';

/** What names in a template stand for. */
export interface Context {
  /** The parameters of the component. */
  readonly parameters: Node;
  /** How moments are written, as a format of ours behind a colon. */
  readonly moment?: string;
  /** What the paging has: cursor, page or offset. */
  readonly token?: string;
  /** Takes note of what a parent or a list gives. */
  partition?(name: string): void;
  /** Takes note of a configuration key; false where it stands for something else already. */
  key(name: string, use?: KeyUse): boolean;
  /** What the specification says of a configuration key; undefined where it doesn't name it. */
  specified(name: string): Node | undefined;
  /** True for a configuration key that the specification doesn't name, though there is one. */
  isUnspecified(name: string): boolean;
}

/** What a use of a configuration key says of it. */
export interface KeyUse {
  readonly fallback?: string | undefined;
  readonly type?: DescribedKey['type'];
  /** What it stands for, by what may be configured. */
  readonly values?: Readonly<Record<string, string>>;
  /** True where it is the beginning of an address. */
  readonly isAddress?: boolean;
}

/** A context of texts that the configuration has no part in. */
export function plainContext(parameters: Node): Context {
  return { parameters, key: () => true, specified: () => undefined, isUnspecified: () => false };
}

const EXPRESSION = /\{\{\s*([\s\S]*?)\s*\}\}/;
/** `config['a']['b']`, `config.a.b`, `config.get('a')`, `response.get("a", {})`. */
const ACCESS =
  /^([a-z_]+)((?:\s*(?:\.get\(\s*(?:'[^']*'|"[^"]*")\s*(?:,\s*[^()]*)?\)|\.[A-Za-z_]\w*|\[\s*(?:'[^']*'|"[^"]*"|-?\d+)\s*\]))*)$/;
const STEP = /\.get\(\s*(?:'([^']*)'|"([^"]*)")[^()]*\)|\.([A-Za-z_]\w*)|\[\s*(?:'([^']*)'|"([^"]*)"|(-?\d+))\s*\]/g;

/** The text behind the comma in `get`. */
const DEFAULT = /\.get\(\s*(?:'[^']*'|"[^"]*")\s*,\s*('[^']*'|"[^"]*")\s*\)$/;

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
  return joined(parts);
}

function joined(parts: readonly (string | undefined)[]): string | undefined {
  return parts.every(part => part !== undefined) ? parts.join('') : undefined;
}

/** An expression without what makes a number or a text of it, and without brackets round all of it. */
function plain(text: string): string {
  const inner = text.trim().replace(/\s*\|\s*(?:int|string|trim)$/, '');
  const whole = /^\(([^()]*(?:\([^()]*\)[^()]*)*)\)$/.exec(inner)?.[1];
  return whole === undefined && inner === text ? text : plain(whole ?? inner);
}

/** What is joined by + or ~, outside of texts and brackets; the whole where nothing is. */
function operands(text: string): string[] {
  const pieces = text.match(/'[^']*'|"[^"]*"|\([^()]*\)|\[[^\]]*\]|[\s\S]/g) ?? [];
  const terms = [''];
  for (const piece of pieces)
    if (piece === '+' || piece === '~') terms.push('');
    else terms.push(`${terms.pop()}${piece}`);
  return terms.map(term => term.trim());
}

/** The beginning of the run, by a pattern of strftime. */
const NOW = /^(?:now_utc|today_utc)\(\)\.strftime\(\s*(?:'([^'{}]*)'|"([^"{}]*)")\s*\)$/;

/** One of two, which the parameters of the component decide. */
const CHOICE = /^([\s\S]*?)\s+if\s+(parameters[^=]*?)\s*==\s*('[^']*'|"[^"]*")\s+else\s+([\s\S]*)$/;

function chosen([, yes = '', name = '', value = '', no = '']: readonly string[], context: Context): string | undefined {
  return expression(expression(name, context) === expression(value, context) ? yes : no, context);
}

/** A date of the configuration as a number since 1970. */
const TIMESTAMP = /^timestamp\(\s*(config[^()]*)\s*\)(\s*\*\s*1000)?$/;

function timestamp([, name = '', thousand]: readonly (string | undefined)[], context: Context): string | undefined {
  const found = access(name);
  if (!found) return undefined;
  const key = configKey(found.steps);
  if (!context.key(key, { type: 'date' })) return undefined;
  return `{${key}:epoch${thousand === undefined ? '' : '_ms'}}`;
}

/** A moment that is written by a pattern of its own. */
const FORMATTED = /^format_datetime\(\s*([\s\S]+?)\s*,\s*(?:format\s*=\s*)?(?:'([^'{}]*)'|"([^"{}]*)")\s*\)$/;

function formatted(
  [, name = '', single, double]: readonly (string | undefined)[],
  context: Context,
): string | undefined {
  const found = access(name);
  const { placeholder } = momentFormat(single ?? double);
  if (found?.root === 'config') {
    const key = configKey(found.steps);
    // Without a pattern, a date is as it was configured.
    return context.key(key, { type: 'date' }) ? `{${key}${placeholder || ':iso'}}` : undefined;
  }
  return context.moment === undefined || !/^stream_(?:slice|interval)$/.test(found?.root ?? '')
    ? undefined
    : expression(name, { ...context, moment: placeholder });
}

/** A moment whose offset gets its colon: `at[:-2] + ":" + at[-2:]` of +0000. */
const COLON_IN_OFFSET = /^(\w+\.(?:start|end)_time)\[:-2\]\s*\+\s*["']:["']\s*\+\s*\w+\.(?:start|end)_time\[-2:\]$/;

/** Moments of ours are in UTC. */
function withColon([, name = '']: readonly string[], context: Context): string | undefined {
  if (!context.moment?.endsWith('%z')) return undefined;
  return expression(name, { ...context, moment: context.moment.replace(/%z$/, '+00:00') });
}

/** Offsets of an API that counts records from one, as the answer start_offset says. */
export const LATER_START =
  /^\(?\s*next_page_token(?:\.next_page_token|\['next_page_token'\])?\s+or\s+0\s*\)?\s*\+\s*1$/;

function expression(given: string, context: Context): string | undefined {
  const text = plain(given);
  const quoted = /^(?:'([^']*)'|"([^"]*)")$/.exec(text);
  if (quoted) return literal(quoted[1] ?? quoted[2] ?? '');
  const now = NOW.exec(text);
  if (now) return `{now:${now[1] ?? now[2] ?? ''}}`;
  const choice = CHOICE.exec(text);
  if (choice) return chosen(choice, context);
  const stamp = TIMESTAMP.exec(text);
  if (stamp) return timestamp(stamp, context);
  const written = FORMATTED.exec(text);
  if (written) return formatted(written, context);
  const colon = COLON_IN_OFFSET.exec(text);
  if (colon) return withColon(colon, context);
  if (LATER_START.test(text)) return context.token === 'offset' ? '{offset}' : undefined;
  const terms = operands(text);
  if (terms.length > 1) return joined(terms.map(term => expression(term, context)));
  const [first = '', second, ...others] = text.split(/\s+or\s+/);
  if (/^parameters\b/.test(first) && second !== undefined && others.length === 0)
    return expression(first, context) || expression(second, context);
  const [, before = text, fallback] = /^(.*?)\s+or\s+('[^']*'|"[^"]*"|\d+)$/s.exec(text) ?? [];
  const found = access(before);
  if (!found) return undefined;
  const { root, steps } = found;
  const last = steps.at(-1) as string;
  if (root === 'config') return configured(text, steps, fallback?.replace(/^['"]|['"]$/g, ''), context);
  if (root === 'parameters') return parameter(steps, context) || (text === before ? usual(text, context) : undefined);
  if (['stream_partition', 'stream_slice'].includes(root) && steps.length === 1 && !/^(?:start|end)_time$/.test(last)) {
    context.partition?.(partition(last));
    return `{${partition(last)}}`;
  }
  if (['stream_interval', 'stream_slice'].includes(root) && steps.length === 1) return moment(last, context);
  return root === 'next_page_token' && context.token !== undefined ? `{${context.token}}` : undefined;
}

/** The configuration key of a number that is nothing but configured, with its default where one is given. */
export function configuredNumber(text: unknown, context: Context): string | undefined {
  const inner = typeof text === 'string' ? new RegExp(`^\\s*${EXPRESSION.source}\\s*$`).exec(text)?.[1] : undefined;
  const [, name = '', fallback] = /^(.*?)(?:\s+or\s+['"]?(\d+)['"]?)?$/s.exec(plain(inner ?? '')) ?? [];
  const found = access(name);
  if (found?.root !== 'config') return undefined;
  const [, usual] = /,\s*['"]?(\d+)['"]?\s*\)$/.exec(name) ?? [];
  const key = configKey(found.steps);
  return context.key(key, { fallback: fallback ?? usual, type: 'integer' }) ? key : undefined;
}

/** A default may stand in `get`, or behind `or`. */
function configured(
  text: string,
  steps: readonly string[],
  fallback: string | undefined,
  context: Context,
): string | undefined {
  const name = configKey(steps);
  const [, given] = DEFAULT.exec(text) ?? [];
  return context.key(name, { fallback: fallback ?? given?.slice(1, -1) }) ? `{${name}}` : undefined;
}

function parameter(steps: readonly string[], { parameters }: Context): string | undefined {
  const value = steps.reduce<unknown>((node, step) => (isMapping(node) ? own(node, step) : undefined), parameters);
  // What isn't there is empty text in Airbyte's templates.
  if (value === undefined || value === null) return '';
  return ['string', 'number', 'boolean'].includes(typeof value) && !String(value).includes('{{')
    ? literal(String(value))
    : undefined;
}

/** The text that `get` gives where a parameter isn't there. */
function usual(text: string, context: Context): string {
  const [, given] = DEFAULT.exec(text) ?? [];
  return given === undefined ? '' : (expression(given, context) ?? '');
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
