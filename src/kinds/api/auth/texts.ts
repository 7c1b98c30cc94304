import * as v from 'valibot';
import { mapping, placeholders, text } from '../../../answers/fields.ts';
import { hasPlaceholder, placeholderNames } from '../../../base/placeholders.ts';
import type { ConfigKey } from '../../../connector/model.ts';

/** A text of what authenticates requests: one line, empty or not, in which `{key}` stands for a configuration key. */
export function authText(description: string) {
  return v.pipe(text(description), v.regex(/^[^\r\n]*$/, 'must be one line'), placeholders);
}

/** Such texts by the names of what they are sent as. */
export function authTexts(description: string) {
  const name = v.pipe(v.string(), v.minLength(1, 'has an empty name'));
  const value = v.pipe(v.union([v.string(), v.number(), v.boolean()]), v.transform(String), authText(''));
  return v.pipe(
    mapping(name, value, 'must be a mapping of names to texts'),
    v.check(value => Object.keys(value).length > 0, 'must have a name'),
    v.description(description),
  );
}

/** The configuration keys that texts name. The answers may say more about them, also that they are no secrets. */
export function secretsIn(texts: readonly string[]): ConfigKey[] {
  return keysIn(texts, true);
}

/** The same for texts that have no secrets, unless the answers say so. */
export function namesIn(texts: readonly string[]): ConfigKey[] {
  return keysIn(texts, false);
}

function keysIn(texts: readonly string[], secret: boolean): ConfigKey[] {
  return [...placeholderNames(texts)].map(name => ({
    name,
    description: `Stands for {${name}} in what authenticates requests`,
    required: true,
    secret,
    derived: true,
  }));
}

/** A text as a run sends it; `values` has what is configured. */
export function filled(given: string, values: Readonly<Record<string, string>>): string {
  return given.replaceAll(/\{([a-z][a-z0-9_]*)\}/g, (_, name) => values[name] ?? '');
}

/** All texts of a mapping, filled. */
export function filledTexts(
  texts: Readonly<Record<string, string>>,
  values: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, given]) => [name, filled(given, values)]));
}

/** The names of the texts that have a configuration key, and so may be secret. */
export function namesWithKeys(texts: Readonly<Record<string, string>>): string[] {
  return Object.keys(texts).filter(name => hasPlaceholder([texts[name] as string]));
}
