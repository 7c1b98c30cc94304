import type { Analysis } from '../../python/analysis/analysis.ts';
import type { RegisteredStream } from '../../python/analysis/registry.ts';
import { readString } from '../../python/strings.ts';
import { roleOf } from '../../streams/hand-written/conventions/roles.ts';

/** An address that the code of a connector has, without its last part where that is a stream's own. */
export interface RequestBase {
  /** May have `{…}` in it, for what is configured. */
  readonly host: string;
  /** Without a slash at its end; may have `{…}` in it as well. */
  readonly path: string;
  /** True where it ends in `{…}`: that may be a part of what all addresses begin with, or a stream's own path. */
  readonly isOpen: boolean;
}

/** What the requests of a hand-written connector begin with, as far as its code says it in one text. */
export function requestBases({ files, registry }: Analysis): readonly RequestBase[] {
  const ofStreams = new Set(registry?.streams.map(({ file }) => file));
  return [...files.python].flatMap(([file, text]) =>
    [...text.matchAll(ADDRESS)].flatMap(([, host = '', path = '']) => {
      // A quote inside of braces ends the text that was found here, but not that of the code.
      if (count(host, '{') !== count(host, '}')) return [];
      const [whole = ''] = path.split(/[?#]/);
      const isOfStream = ofStreams.has(file) && !whole.endsWith('/');
      const base = isOfStream ? whole.slice(0, Math.max(whole.lastIndexOf('/'), 0)) : whole.replace(/\/+$/, '');
      return [{ host, path: base, isOpen: /\}[^/]*$/.test(base) || count(base, '{') !== count(base, '}') }];
    }),
  );
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

/** A path below what the connector's requests begin with, or why that can't be told. */
export type PathBelow = { readonly path: string } | { readonly not: string } | { readonly unknown: true };

/** The path of an address that a description has, counted from where the connector's own paths count. */
export function pathBelow(bases: readonly RequestBase[], baseUrl: string, path: string): PathBelow {
  const whole = pathIn(baseUrl) + path.replace(/^\/+/, '');
  const ofHost = bases.filter(base => isSameHost(base.host, hostOf(baseUrl)));
  if (ofHost.length === 0 || ofHost.some(({ isOpen }) => isOpen)) return { unknown: true };
  const above = ofHost.flatMap(base => new RegExp(`^${anyIn(base.path, '[^/]+')}(?=/)`).exec(whole)?.[0] ?? []);
  const [longest] = above.toSorted((a, b) => b.length - a.length);
  if (longest === undefined) return { not: whole };
  return { path: whole.slice(longest.length) };
}

/** The stream of the connector that asks for an address of a description, if one does. */
export function streamAt({ registry }: Analysis, below: PathBelow, baseUrl: string, path: string) {
  const isIt = ({ definition }: RegisteredStream) =>
    definition.attributes.some(
      ({ name, value }) =>
        roleOf(name) === 'path' && bare(readString(value) ?? '') === bare('path' in below ? below.path : path),
    ) ||
    definition.methods.some(({ text }) =>
      [...text.matchAll(ADDRESS)].some(
        ([, host = '', rest = '']) =>
          isSameHost(host, hostOf(baseUrl)) && bare(rest) === bare(pathIn(baseUrl) + bare(path)),
      ),
    );
  return registry?.streams.find(isIt);
}

const ADDRESS = /['"]https?:\/\/([^\s/'"]+)(\/[^\s'"]*)?/g;

function bare(path: string): string {
  return path.replaceAll(/^\/+|\/+$/g, '');
}

function hostOf(baseUrl: string): string {
  return /^https?:\/\/([^/]+)/.exec(baseUrl)?.[1] ?? '';
}

function pathIn(baseUrl: string): string {
  return `${/^https?:\/\/[^/]+(.*)$/.exec(baseUrl)?.[1]?.replace(/\/+$/, '') ?? ''}/`;
}

/** Hosts that may be the same, with anything for what is in braces. */
function isSameHost(ofCode: string, ofDescription: string): boolean {
  const plain = ofDescription.replaceAll(/\{\w+\}/g, 'x').toLowerCase();
  return new RegExp(`^${anyIn(ofCode.toLowerCase(), '.+')}$`).test(plain);
}

/** A pattern for a text with anything for what is in braces. */
function anyIn(text: string, anything: string): string {
  const parts = text.split(/\{[^}]*\}/);
  return parts.map(part => part.replaceAll(/[^\w]/g, '\\$&')).join(anything);
}
