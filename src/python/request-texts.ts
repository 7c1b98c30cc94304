import type { ConfigTypes } from '../answers/typed-config-key.ts';
import { type Placeholder, splitText } from '../base/placeholders.ts';
import { isEpochFormat, pythonFormat } from '../base/text-formats.ts';
import { isMoment, PAGING } from '../base/text-names.ts';
import { expression, type Value } from './compose/values.ts';
import { pythonString } from './literal.ts';

/** What the texts of a stream have for moments without a format of their own. */
export interface TextFormats {
  readonly bookmarkFormat: string;
  /** The bookmark is a counter, which has no format. */
  readonly counter: boolean;
  readonly types: ConfigTypes;
}

/** The formats of texts that are no stream's. */
export function sharedFormats(types: ConfigTypes): TextFormats {
  return { bookmarkFormat: 'iso', counter: false, types };
}

/** A text of a request as it stands, without what stands for something else. */
export function plainText(text: string): string {
  return splitText(text)
    .map(part => (typeof part === 'string' ? part : placeholderText(part)))
    .join('');
}

/** A text of a request as Python's `str.format` takes it. */
export function templateText(text: string, formats: TextFormats): string {
  return splitText(text)
    .map(part =>
      typeof part === 'string'
        ? part.replaceAll(/[{}]/g, '$&$&')
        : placeholderText({ ...part, format: formatOf(part, formats) }),
    )
    .join('');
}

function placeholderText({ name, format }: Placeholder): string {
  return format === '' ? `{${name}}` : `{${name}:${format}}`;
}

/** A JSON value with its texts made anew. */
export function withTexts(value: unknown, make: (text: string) => Value, key = make): Value {
  if (typeof value === 'string') return make(value);
  if (Array.isArray(value)) return value.map(item => withTexts(item, make, key));
  if (typeof value !== 'object' || value === null) return value as Value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [key(name) as string, withTexts(item, make, key)]),
  );
}

/** A text of a body for `fill_texts` of python/streams/texts.py: one that is nothing but a number keeps that type. */
export function typedText(text: string, formats: TextFormats): Value {
  const template = templateText(text, formats);
  const kept = classOf(text, formats);
  return kept === undefined ? template : expression(`${kept}(${pythonString(template)})`);
}

/** A text of a query, in which a list is one parameter several times. */
export function queryText(text: string, formats: TextFormats): Value {
  return isListText(text, formats) ? typedText(text, formats) : templateText(text, formats);
}

/** True for a text that is nothing but a list. */
export function isListText(text: string, { types }: TextFormats): boolean {
  const [part, ...others] = splitText(text);
  return typeof part === 'object' && others.length === 0 && types[part.name] === 'list';
}

/** The class of python/streams/texts.py for a text that is nothing but what isn't text; undefined for any other. */
export function classOf(text: string, formats: TextFormats): 'Typed' | 'Json' | undefined {
  const [part, ...others] = splitText(text);
  if (typeof part !== 'object' || others.length > 0) return undefined;
  const { name } = part;
  const type = formats.types[name];
  if (type === 'boolean') return 'Json';
  const isNumber = isEpochFormat(formatOf(part, formats)) || (name === 'since' && formats.counter);
  const isTyped = isNumber || (type !== undefined && type !== 'date') || (PAGING as readonly string[]).includes(name);
  return isTyped ? 'Typed' : undefined;
}

function formatOf({ name, format }: Placeholder, { bookmarkFormat, counter, types }: TextFormats): string {
  if (types[name] === 'date') return pythonFormat(format || 'date');
  if (!isMoment(name) || (counter && name === 'since')) return '';
  const standard = { today: 'date', now: 'iso' }[name] ?? bookmarkFormat;
  return pythonFormat(format || standard);
}
