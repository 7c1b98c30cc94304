import { snakeCase } from 'lodash-es';

const PLACEHOLDER = /\{([a-z][a-z0-9_]*)\}/g;

/** The configuration keys that `{key}` names in texts of authentication and addresses. */
export function placeholderNames(texts: readonly string[]): Set<string> {
  return new Set(texts.flatMap(text => [...text.matchAll(PLACEHOLDER)].map(([, name]) => name as string)));
}

export function hasPlaceholder(texts: readonly string[]): boolean {
  return texts.some(text => text.search(PLACEHOLDER) !== -1);
}

/** What stands in a text of a request for something else: `{name}` or `{name:format}`. */
export interface Placeholder {
  readonly name: string;
  /** Empty where none is given. */
  readonly format: string;
}

/** Doubled braces, or a name in braces with a format or without. */
const TOKEN = /(\{\{|\}\}|\{[a-z][a-z0-9_]*(?::[^{}]*)?\})/;

/** The parts of a text of a request: what it says, and what stands for something else. Braces that are doubled are single here. */
export function splitText(text: string): (string | Placeholder)[] {
  return text
    .split(TOKEN)
    .filter(part => part !== '')
    .map(part => {
      if (part === '{{' || part === '}}') return part.charAt(0);
      const [, name, format = ''] = /^\{([a-z][a-z0-9_]*)(?::([^{}]*))?\}$/.exec(part) ?? [];
      return name === undefined ? part : { name, format };
    });
}

/** What stands in texts of requests for something else. */
export function placeholdersIn(texts: readonly string[]): Placeholder[] {
  return texts.flatMap(splitText).filter(part => typeof part !== 'string');
}

/** What is wrong with a name in braces that is none; undefined where all are. */
export function placeholderFault(text: string): string | undefined {
  const odd = [...text.matchAll(/\{([^{}]*)\}/g)].find(([name]) => !hasPlaceholder([name]));
  return odd && `has ${odd[0]}: ${NAME_RULE}${meantBy(odd[1])}`;
}

/** What is wrong with the braces of a text of a request; undefined where nothing is. */
export function textFault(text: string): string | undefined {
  const rest = text.split(TOKEN).filter((_, index) => index % 2 === 0);
  const odd = rest.map(part => /\{[^{}]*\}|[{}]/.exec(part)?.[0]).find(found => found !== undefined);
  if (odd === undefined) return undefined;
  const hint = meantBy(/^\{([A-Za-z][\w -]*)[:}]/.exec(odd)?.[1]) || '; braces that stand for themselves are doubled';
  return `has ${odd}: ${NAME_RULE}${hint}`;
}

const NAME_RULE = 'a name in braces is of lower-case letters, digits and _';

function meantBy(name: string | undefined): string {
  const meant = snakeCase(name);
  return /^[a-z]/.test(meant) ? `, such as {${meant}}` : '';
}

/** Every text in a JSON value that is a value, not a key. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

/** Every key in a JSON value. */
export function keysIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return [...(Array.isArray(value) ? [] : Object.keys(value)), ...Object.values(value).flatMap(keysIn)];
}
