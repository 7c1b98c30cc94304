import { isMapping } from '../../base/mapping.ts';
import { list, type Node, own } from '../../schema/infer/untyped.ts';

/** Folders in folders; no collection that people keep has so many levels. */
const MAX_DEPTH = 30;

/** A request of a collection, with what its folders say of it. */
export interface SavedRequest {
  readonly name: string;
  readonly description: string;
  readonly method: string;
  readonly url: SavedUrl;
  readonly headers: readonly Pair[];
  /** Its own, or that of the nearest folder. */
  readonly auth: Node | undefined;
  readonly responses: readonly Node[];
}

/** A name and a value, as parameters, headers and variables have them. */
export interface Pair {
  readonly key: string;
  readonly value: string;
  readonly description: string;
  /** False where it is kept, but not sent. */
  readonly sent: boolean;
}

/** An address, with {{name}} for variables. */
export interface SavedUrl {
  /** Everything before the path. */
  readonly base: string;
  readonly path: readonly string[];
  readonly query: readonly Pair[];
  /** What `:name` in the path stands for. */
  readonly variables: readonly Pair[];
}

/** All requests of a collection, through its folders. */
export function requestsOf(collection: Node): SavedRequest[] {
  const found: SavedRequest[] = [];
  const look = (items: readonly unknown[], auth: Node | undefined, depth: number) => {
    for (const item of items) {
      if (!isMapping(item) || depth > MAX_DEPTH) continue;
      const request = own(item, 'request');
      const here = authOf(isMapping(request) ? request : item) ?? auth;
      if (Array.isArray(own(item, 'item'))) look(list(item.item), here, depth + 1);
      else if (request !== undefined) found.push(...requestOf(item, request, here));
    }
  };
  look(list(own(collection, 'item')), authOf(collection), 0);
  return found;
}

/** Null and `noauth` are said, and end what the folders above say. */
function authOf(node: Node): Node | undefined {
  const auth = own(node, 'auth');
  if (auth === null) return { type: 'noauth' };
  return isMapping(auth) ? auth : undefined;
}

function requestOf(item: Node, given: unknown, auth: Node | undefined): SavedRequest[] {
  const request = isMapping(given) ? given : { url: given };
  const url = urlOf(own(request, 'url'));
  if (!url) return [];
  return [
    {
      name: textOf(own(item, 'name')),
      description: descriptionOf(own(request, 'description') ?? own(item, 'description')),
      method: (textOf(own(request, 'method')) || 'GET').toUpperCase(),
      url,
      headers: pairsOf(own(request, 'header')),
      auth,
      responses: list(own(item, 'response')).filter(isMapping),
    },
  ];
}

/** Version 2.0 has addresses as text, 2.1 in parts with the whole as `raw`. */
function urlOf(given: unknown): SavedUrl | undefined {
  const raw = typeof given === 'string' ? given : isMapping(given) ? textOf(own(given, 'raw')) : '';
  const parts = isMapping(given) ? given : {};
  const whole = raw === '' ? assembled(parts) : raw;
  const [address = '', query = ''] = whole.split('#')[0]?.split(/\?(.*)/s) ?? [];
  const [, base = '', path = ''] =
    /^((?:[a-z][a-z0-9+.-]*:\/\/)?(?:\{\{[^{}]*\}\}|[^/{}])*)(.*)$/i.exec(address.trim()) ?? [];
  if (base === '' && path === '') return undefined;
  return {
    base,
    path: path.split('/').filter(part => part !== ''),
    query: Array.isArray(own(parts, 'query')) ? pairsOf(own(parts, 'query')) : pairsOfText(query),
    variables: pairsOf(own(parts, 'variable')),
  };
}

function assembled(parts: Node): string {
  const joined = (value: unknown, by: string) => (typeof value === 'string' ? value : list(value).map(textOf).join(by));
  const protocol = textOf(own(parts, 'protocol'));
  return `${protocol === '' ? '' : `${protocol}://`}${joined(own(parts, 'host'), '.')}/${joined(own(parts, 'path'), '/')}`;
}

/** A list of pairs, or a mapping as older collections have it. */
export function pairsOf(given: unknown): Pair[] {
  const pairs = isMapping(given) ? Object.entries(given).map(([key, value]) => ({ key, value })) : list(given);
  return pairs.filter(isMapping).map(pair => ({
    key: textOf(own(pair, 'key') ?? own(pair, 'id')),
    value: textOf(own(pair, 'value')),
    description: descriptionOf(own(pair, 'description')),
    sent: own(pair, 'disabled') !== true,
  }));
}

function pairsOfText(query: string): Pair[] {
  return query
    .split('&')
    .filter(part => part !== '')
    .map(part => {
      const [key = '', value = ''] = part.split(/=(.*)/s);
      return { key: decoded(key), value: decoded(value), description: '', sent: true };
    });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** Text, or a number or truth value as text. */
export function textOf(value: unknown): string {
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : '';
}

function descriptionOf(value: unknown): string {
  return isMapping(value) ? textOf(own(value, 'content')) : textOf(value);
}
