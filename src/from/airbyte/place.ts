import type { Node } from '../../schema/infer/untyped.ts';
import { addressOf } from './address.ts';
import { given } from './manifest.ts';
import { type Context, translated } from './template.ts';

/** Where a stream is: the address that its path is below, and the parameters that stand in it. What is undefined is no text. */
interface Place {
  readonly base: string | undefined;
  readonly path: string | undefined;
  readonly params?: Node;
}

/** Older manifests have url_base and path, newer ones the whole as url. */
export function placeOf(requester: Node, context: Context): Place {
  const whole = given(requester, 'url');
  const before = given(requester, 'url_base');
  if (typeof whole === 'string' && whole !== '') return split(addressOf(whole, context), '');
  const path = translated(given(requester, 'path') ?? '', context)?.trim();
  // What a parent gives is a part of the path.
  if (/stream_(?:partition|slice)/.test(String(before))) return split(addressOf(before, context), path);
  const base = addressOf(before, context)?.replace(/\/+$/, '');
  return { base: isBase(base) ? base : undefined, ...belowOf(path) };
}

/** The host of an address, and the path below it. */
function split(address: string | undefined, path: string | undefined): Place {
  const [, base, above = ''] = /^(https?:\/\/[^/]+|\{\w+\})(\/.*)?$/s.exec(address?.trim() ?? '') ?? [];
  if (base === undefined || path === undefined) return { base, path: undefined };
  return { base, ...belowOf(path === '' ? above : `${above.replace(/\/+$/, '')}${slashed(path)}`) };
}

function belowOf(path: string | undefined): { readonly path: string | undefined; readonly params?: Node } {
  const [before = '', query] = path?.split(/\?(.*)/s) ?? [];
  if (path === undefined || path.includes('#')) return { path: undefined };
  return { path: slashed(before), ...(query && { params: paramsIn(query) }) };
}

function isBase(address: string | undefined): boolean {
  return /^(?:https?:\/\/|\{\w+\}(?:\/|$))/.test(address ?? '');
}

/** The parameters that stand in an address: they may have names in braces. */
function paramsIn(query: string): Node {
  return Object.fromEntries(new URLSearchParams(query));
}

function slashed(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}
