import { configName } from '../endpoints/names.ts';
import type { SavedRequest } from './collection.ts';
import type { Variables } from './variables.ts';

/** What the addresses of most requests begin with. */
export interface Base {
  /** As messages have it. */
  readonly text: string;
  /** With {key} for variables that have no value; undefined where it is no address. */
  readonly url: string | undefined;
  /** What the path of a request has behind it; undefined for a request that goes elsewhere. */
  pathOf(request: SavedRequest): readonly string[] | undefined;
}

/** The base of most requests. A variable that has an address as its value may have a path in it. */
export function baseOf(requests: readonly SavedRequest[], variables: Variables): Base {
  const counts = new Map<string, number>();
  for (const { url, method } of requests) {
    const whole = trimmed(variables.filledOpenly(url.base));
    counts.set(whole, (counts.get(whole) ?? 0) + (method === 'GET' ? 3 : 1));
  }
  const [[text] = ['']] = [...counts].sort((a, b) => b[1] - a[1]);
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  return {
    text,
    url: urlOf(address, text),
    pathOf: ({ url }) => (trimmed(variables.filledOpenly(url.base)) === text ? url.path : undefined),
  };
}

function urlOf(address: string, text: string): string | undefined {
  // One variable alone is the whole address, of which nothing is known.
  if (text === '' || /^\{\{[^{}]*\}\}$/.test(text)) return undefined;
  const url = address.replaceAll(/\{\{\s*([^{}]+?)\s*\}\}/g, (_, name: string) => `{${configName(name)}}`);
  const plain = url.replaceAll(/:\{[a-z0-9_]+\}/g, ':1').replaceAll(/\{[a-z0-9_]+\}/g, 'x');
  return /^https?:\/\/[^\s"'<>\\^`{|}?#]+$/i.test(plain) && URL.canParse(plain) ? url : undefined;
}

function trimmed(base: string): string {
  // What stands before an @ are credentials.
  return base
    .trim()
    .replace(/\/+$/, '')
    .replace(/^([a-z][a-z0-9+.-]*:\/\/)?[^/@]*@/i, '$1');
}
