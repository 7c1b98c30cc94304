import { snakeCase } from 'lodash-es';

const PLACEHOLDER = /\{([a-z][a-z0-9_]*)\}/g;

/** The configuration keys that `{key}` names in texts. */
export function placeholderNames(texts: readonly string[]): Set<string> {
  return new Set(texts.flatMap(text => [...text.matchAll(PLACEHOLDER)].map(([, name]) => name as string)));
}

export function hasPlaceholder(texts: readonly string[]): boolean {
  return texts.some(text => text.search(PLACEHOLDER) !== -1);
}

/** What is wrong with a name in braces that is none; undefined where all are. */
export function placeholderFault(text: string): string | undefined {
  const odd = [...text.matchAll(/\{([^{}]*)\}/g)].find(([name]) => !hasPlaceholder([name]));
  if (!odd) return undefined;
  const meant = snakeCase(odd[1]);
  const hint = /^[a-z]/.test(meant) ? `, such as {${meant}}` : '';
  return `has ${odd[0]}: a name in braces is of lower-case letters, digits and _${hint}`;
}

/** Every text in a JSON value that is a value, not a key. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
