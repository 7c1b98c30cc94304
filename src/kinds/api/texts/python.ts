import { type Placeholder, splitText } from '../../../base/placeholders.ts';
import { isEpochFormat, pythonFormat } from '../../../base/text-formats.ts';
import { isMoment, PAGING } from '../../../base/text-names.ts';
import { expression, type Value } from '../../../python/compose/values.ts';
import { pythonString } from '../../../python/literal.ts';
import { DEFAULT_FORMAT } from '../moments.ts';

/** What the texts of a stream have for moments without a format of their own. */
export interface TextFormats {
  readonly bookmarkFormat: string;
  /** The bookmark is a counter, which has no format. */
  readonly counter: boolean;
}

/** The formats of texts that are no stream's. */
export const NO_BOOKMARK: TextFormats = { bookmarkFormat: DEFAULT_FORMAT, counter: false };

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
  return keepsType(text, formats) ? expression(`Typed(${pythonString(template)})`) : template;
}

/** True for a text that is nothing but what stands for a number. */
export function keepsType(text: string, formats: TextFormats): boolean {
  const [part, ...others] = splitText(text);
  if (typeof part !== 'object' || others.length > 0) return false;
  const { name } = part;
  if (isMoment(name)) return isEpochFormat(formatOf(part, formats)) || (name === 'since' && formats.counter);
  return (PAGING as readonly string[]).includes(name);
}

function formatOf({ name, format }: Placeholder, { bookmarkFormat, counter }: TextFormats): string {
  if (!isMoment(name) || (counter && name === 'since')) return '';
  const standard = { today: 'date', now: DEFAULT_FORMAT }[name] ?? bookmarkFormat;
  return pythonFormat(format || standard);
}
