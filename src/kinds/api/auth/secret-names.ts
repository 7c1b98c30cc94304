import { placeholderNames } from '../../../base/placeholders.ts';
import type { ConfigKey } from '../../../connector/model.ts';
import { namesIn } from './texts.ts';

const SECRET = /pass|pwd|secret|token|assertion|credential|authorization|key$|pin$|otp$/i;

/** The keys that texts name: secrets are those whose own name tells so, or that of what they are sent as. */
export function keysByName(texts: readonly (readonly [string, string])[]): ConfigKey[] {
  const tells = (key: string) =>
    SECRET.test(key) || texts.some(([name, text]) => SECRET.test(name) && names(text, key));
  return namesIn(texts.map(([, text]) => text)).map(key => ({ ...key, secret: tells(key.name) }));
}

function names(text: string, key: string): boolean {
  return placeholderNames([text]).has(key);
}

/** The texts of a JSON value, each with the key that it stands at. */
export function namedTexts(value: unknown, name = ''): (readonly [string, string])[] {
  if (typeof value === 'string') return [[name, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => namedTexts(item, Array.isArray(value) ? name : key));
}
