import * as v from 'valibot';
import { CONFIG_KEY, connectorNameFault, nearest, streamNameFault, uuidFault } from '../base/names.ts';
import { isFault, parsePath, stepNames } from '../base/paths.ts';
import { placeholderFault, textFault } from '../base/placeholders.ts';
import { withAnyKey } from './any-key.ts';

/**
 * An object whose unknown keys are refused with a suggestion.
 * `description`s become the help of editors through the published JSON Schema.
 */
export function fields<Entries extends v.ObjectEntries>(entries: Entries) {
  // Valibot's own strictObject names only the first unknown key. Which key it is isn't known yet where the message is made.
  const unknown = v.never(UNKNOWN_KEY + Object.keys(entries).join(', '));
  const schema: unknown = v.objectWithRest(entries, unknown, 'must be a mapping of keys');
  return withAnyKey(schema as v.StrictObjectSchema<Entries, string>);
}

const UNKNOWN_KEY = 'unknown key; known: ';

/** What the answers are called in other tools that data engineers know: Singer, Airbyte, dlt, Meltano. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  ...{
    primary_key: 'key_properties',
    primary_keys: 'key_properties',
    unique_key: 'key_properties',
    key: 'key_properties',
  },
  ...{ cursor_field: 'replication_key', incremental_key: 'replication_key', bookmark: 'replication_key' },
  ...{ data_selector: 'records_path', record_selector: 'records_path', field_path: 'records_path' },
  ...{ authentication: 'auth', authenticator: 'auth', url: 'base_url', url_base: 'base_url', paginator: 'pagination' },
  ...{ error_handler: 'errors', response_actions: 'errors', action: 'do' },
  ...{ endpoint: 'path', url_path: 'path', query: 'params', parameters: 'params', json: 'body', type: 'kind' },
};

/** The message of an issue with the key that it is about: an unknown key gets a suggestion. */
export function explain(message: string, key: unknown): string {
  if (!message.startsWith(UNKNOWN_KEY)) return message;
  const known = message.slice(UNKNOWN_KEY.length);
  const names = known.split(', ');
  const elsewhere = ELSEWHERE[String(key)];
  const meant = names.find(name => name === elsewhere) ?? nearest(String(key), names);
  return meant ? `is unknown: did you mean ${meant}?` : `is unknown: ${known} are known here`;
}

/** One of several forms of object, told apart by a key. */
export function oneOf<Key extends string, Options extends v.VariantOptions<Key>>(key: Key, options: Options) {
  return v.variant(key, options, issue => {
    if (issue.received === 'undefined') return `is missing: ${readable(issue.expected)}`;
    if (issue.path?.at(-1)?.key === key) return `must be ${readable(issue.expected)}`;
    const form = typeof issue.input === 'string' && formsOf(key, options).includes(issue.input);
    return `must be a mapping of keys${form ? `: {${key}: ${issue.input}}` : ''}`;
  });
}

/** The values of the key by which forms are told apart. */
function formsOf<Key extends string>(key: Key, options: v.VariantOptions<Key>): unknown[] {
  return options.flatMap(option =>
    'options' in option ? formsOf(key, option.options) : [(option.entries[key] as { literal?: unknown }).literal],
  );
}

/** One of several words. */
export function choice<const Options extends readonly string[]>(options: Options, description: string) {
  return v.pipe(
    v.picklist(options, issue => {
      const meant = typeof issue.input === 'string' ? nearest(issue.input, options) : undefined;
      return `must be ${options.join(', ').replace(/, ([^,]*)$/, ' or $1')}${meant ? `: did you mean ${meant}?` : ''}`;
    }),
    v.description(description),
  );
}

/** One line of text that isn't empty. */
export function line(description: string) {
  return v.pipe(text(description), v.regex(/^[^\r\n]*\S[^\r\n]*$/, 'must be one line and not empty'));
}

/** Text that may be broken into lines, as YAML's `|` and `>` make it; it becomes one line. */
export function sentences(description: string) {
  return v.pipe(
    text(description),
    v.regex(/\S/, 'must not be empty'),
    v.transform(value => value.trim().replaceAll(/\s*[\r\n]\s*/g, ' ')),
  );
}

/** Half a surrogate pair is nothing that UTF-8 could write, to a file or to a server. */
const wellFormed = v.check((value: string) => !/\p{Surrogate}/u.test(value), 'has half of a Unicode character');

/** Any text. */
export function text(description: string) {
  return v.pipe(
    v.string('must be text (quote it if YAML takes it for something else)'),
    v.maxLength(5000, 'must have 5,000 characters at most'),
    wellFormed,
    v.description(description),
  );
}

/** A whole number from `least` upwards. */
export function whole(description: string, least: number) {
  const message = `must be a whole number from ${least}`;
  return v.pipe(v.number(message), v.integer(message), v.minValue(least, message), v.description(description));
}

/** A list, with a message of its own where something else stands. */
export function list<Item extends v.GenericSchema>(item: Item, description: string) {
  return v.pipe(v.array(item, 'must be a list'), v.description(description));
}

/** For lists in which nothing may be named twice. */
export const eachOnce = v.check(
  (items: string[]) => repeated(items) === undefined,
  ({ input }) => `names ${repeated(input)} twice`,
);

/** The first item that stands in a list before as well. */
export function repeated(items: readonly string[]): string | undefined {
  return items.find((item, index) => items.indexOf(item) < index);
}

/** A mapping of any keys to values of one kind. */
export function mapping<Key extends v.BaseSchema<string, string, v.BaseIssue<unknown>>, Value extends v.GenericSchema>(
  key: Key,
  value: Value,
  message: string,
) {
  return withAnyKey(v.record(key, value, message));
}

/** A mapping of text to text, as headers and parameters are. */
export function textMap(description: string) {
  const value = v.pipe(
    v.union([v.string(), v.number(), v.boolean()], 'must be text, a number or true/false'),
    v.transform(String),
    wellFormed,
  );
  return v.pipe(
    mapping(v.pipe(v.string(), v.minLength(1, 'has an empty name')), value, 'must be a mapping of names to values'),
    v.description(description),
  );
}

/** Text with a fault that a function of names.ts finds. */
function named(description: string, fault: (name: string) => string | undefined) {
  return v.pipe(
    v.string('must be text'),
    v.check(
      value => fault(value) === undefined,
      issue => fault(String(issue.input)) ?? '',
    ),
    v.description(description),
  );
}

export const connectorName = named("The connector's name, as Mage's source list shows it", connectorNameFault);
export const connectorUuid = named(
  'The folder and Python module of the connector; derived from the name if not given',
  uuidFault,
);
export const streamName = named(
  "The stream's name: Singer's stream ID, and usually the destination's table",
  streamNameFault,
);

const AN_ADDRESS = 'must be an address such as https://api.example.com/v2';

/** A web address with `http` or `https`, in which `{key}` stands for a configuration key. */
export function url(description: string) {
  return v.pipe(line(description), v.check(isUrl, AN_ADDRESS));
}

/** Every name in braces is one that a configuration key can have. */
export const placeholders = v.check<string, (issue: v.CheckIssue<string>) => string>(
  text => placeholderFault(text) === undefined,
  ({ input }) => placeholderFault(input) ?? '',
);

/** Every name in braces is of the grammar of requests: `{name}` or `{name:format}`. */
export const requestText = v.check<string, (issue: v.CheckIssue<string>) => string>(
  text => textFault(text) === undefined,
  ({ input }) => textFault(input) ?? '',
);

/** Where records are in a response or a file, by the grammar of paths. */
export function recordsPath(description: string) {
  return v.pipe(
    line(description),
    v.check(
      value => pathProblem(value) === undefined,
      ({ input }) => pathProblem(String(input)) ?? '',
    ),
  );
}

function pathProblem(text: string): string | undefined {
  const path = parsePath(text);
  if (isFault(path)) return `is no path: ${path.message}, at character ${path.at}`;
  return stepNames(path) ? undefined : 'has a step that the records are not looked for by: [-1] or [field=value]';
}

/** An address that paths are put behind, so that a query or a fragment has no place in it. */
export function baseUrl(description: string) {
  return v.pipe(
    line(description),
    // What is configured may be the beginning of an address.
    v.check(value => isUrl(value.replace(/^\{[a-z][a-z0-9_]*\}(?=\/|$)/, 'https://x.test')), AN_ADDRESS),
    v.check(
      value => !/[?#]/.test(value),
      ({ input }) =>
        `must end before ${/[?#].*/.exec(String(input))?.[0]}: the params of a stream have what follows a ?`,
    ),
  );
}

/** True for a web address. */
export function isUrl(value: string): boolean {
  // A port is a number; the last part of a host must not be one, or the whole is read as an IPv4 address.
  const plain = value.replaceAll(/(:?)\{[a-z][a-z0-9_]*(?::[^{}]*)?\}/g, (_, colon) => (colon ? ':1' : 'x'));
  return /^https?:\/\/[^\s"'<>\\^`{|}]+$/.test(plain) && URL.canParse(plain);
}

/** A configuration key of the connector's own. */
export const configKey = fields({
  name: v.pipe(
    v.string('must be text'),
    v.regex(CONFIG_KEY, 'must be lower-case letters, digits and _, beginning with a letter, 63 at most'),
    v.description('The key in the configuration'),
  ),
  description: v.optional(line('What it is for, as the README and the form show it')),
  default: v.optional(
    v.pipe(
      v.union([v.string(), v.number(), v.boolean()], 'must be text, a number or true/false'),
      v.description(
        'The value where none is configured; without one, the key is required, and with empty text, a parameter or header with {key} is left out where none is',
      ),
    ),
  ),
  secret: v.optional(
    v.pipe(v.boolean('must be true or false'), v.description('True for passwords, tokens and the like')),
  ),
});

function readable(expected: string | null): string {
  return (expected ?? '')
    .replaceAll(/[()"]/g, '')
    .split(' | ')
    .join(', ')
    .replace(/, ([^,]*)$/, ' or $1');
}
