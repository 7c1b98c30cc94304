import { nearest } from './names.ts';

/**
 * One step of a path into a response: a key of a mapping, a position in a list (negative ones count from its end), every item
 * of a list or mapping, or the item of a list whose field has a value.
 */
export type Step =
  | { readonly key: string }
  | { readonly index: number }
  | { readonly every: true }
  | { readonly where: { readonly field: string; readonly value: string } };

export type Path = readonly Step[];

/** What is wrong with the text of a path, and at which character, counted from 1. */
export interface PathFault {
  readonly at: number;
  readonly message: string;
}

/** `a`, `@odata.type` only in quotes; what would mean something else here isn't taken for a part of a key. */
const KEY = /[^.[\]"'\\*\s=]+(?: +[^.[\]"'\\*\s=]+)*/y;
const QUOTED = /\["((?:[^"\\]|\\["\\])*)"\]/y;
const INDEX = /\[(-?\d{1,9})\]/y;
const WHERE = /\[([^\]"'=.\s]+)=([^\]"']+)\]/y;

/**
 * Reads a path: keys with dots between, `*` for every item, `[0]`, `[-1]`, `["a.key with dots"]`, and `[rel=next]` for the item
 * of a list whose field has that value. The empty text is the response itself. Everything else is a fault.
 */
export function parsePath(text: string): Path | PathFault {
  const steps: Step[] = [];
  let at = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at += found[0].length;
    return found;
  };
  while (at < text.length) {
    if (steps.length > 0 && text[at] === '.') {
      at++;
      if (text[at] === '[') return fault(at, 'a dot stands before a bracket');
    } else if (steps.length > 0 && text[at] !== '[') return fault(at, 'a dot is missing');
    const step = text[at] === '[' ? bracket(match) : named(match, text[at]);
    if (!step) return fault(at, expectation(text, at));
    steps.push(step);
  }
  return steps;

  function fault(place: number, message: string): PathFault {
    return { at: place + 1, message };
  }
}

type Match = (pattern: RegExp) => RegExpExecArray | null;

function bracket(match: Match): Step | undefined {
  const quoted = match(QUOTED);
  if (quoted) return { key: (quoted[1] as string).replaceAll(/\\(["\\])/g, '$1') };
  const index = match(INDEX);
  if (index) return { index: Number(index[1]) };
  const where = match(WHERE);
  return where ? { where: { field: where[1] as string, value: where[2] as string } } : undefined;
}

function named(match: Match, first: string | undefined): Step | undefined {
  if (first === '*') return match(/\*/y) ? { every: true } : undefined;
  const key = match(KEY);
  return key ? { key: key[0] } : undefined;
}

function expectation(text: string, at: number): string {
  if (text[at] === '[') return 'a bracket holds a number, a key in "quotes" or field=value';
  if (text[at] === undefined || text[at] === '.') return 'a key is missing';
  return `${text[at]} has no meaning here: a key with such characters stands in ["…"]`;
}

export function isFault(path: Path | PathFault): path is PathFault {
  return 'message' in path;
}

/** The steps of a text that is known to be a path. Throws a RangeError where it isn't. */
export function pathOf(text: string): Path {
  const path = parsePath(text);
  if (isFault(path)) throw new RangeError(`${text} is no path: ${path.message}, at character ${path.at}`);
  return path;
}

/**
 * The steps of a path as generated connectors follow them: keys, `*` for every item, positions as digits. Undefined where it
 * has a step that they don't know.
 */
export function stepNames(path: Path): readonly string[] | undefined {
  const names = path.map(step => {
    if ('every' in step) return '*';
    if ('index' in step) return step.index < 0 ? undefined : String(step.index);
    return 'key' in step ? step.key : undefined;
  });
  return names.every(name => name !== undefined) ? names : undefined;
}

/** The text of a path, as its author would write it. */
export function pathText(path: Path): string {
  return path.reduce((text, step) => {
    if ('index' in step) return `${text}[${step.index}]`;
    if ('where' in step) return `${text}[${step.where.field}=${step.where.value}]`;
    const word = 'every' in step ? '*' : step.key;
    const isPlain = 'every' in step || isPlainKey(step.key);
    if (!isPlain) return `${text}["${word.replaceAll(/["\\]/g, '\\$&')}"]`;
    return text === '' ? word : `${text}.${word}`;
  }, '');
}

function isPlainKey(key: string): boolean {
  KEY.lastIndex = 0;
  return KEY.exec(key)?.[0].length === key.length;
}

/** What stands at the ends of a path: one value, or with `*` any number of them. */
export function valuesAt(value: unknown, path: Path): unknown[] {
  return path.reduce<unknown[]>((values, step) => values.flatMap(item => next(item, step)), [value]);
}

function next(value: unknown, step: Step): unknown[] {
  if ('every' in step) return typeof value === 'object' && value !== null ? Object.values(value) : [];
  if (Array.isArray(value)) return itemOf(value, step);
  if (!('key' in step) || typeof value !== 'object' || value === null) return [];
  return Object.hasOwn(value, step.key) ? [(value as Record<string, unknown>)[step.key]] : [];
}

/** A number among the keys is a position, where there is a list. */
function itemOf(list: readonly unknown[], step: Exclude<Step, { every: true }>): unknown[] {
  if ('where' in step) return list.filter(item => next(item, { key: step.where.field })[0] === step.where.value);
  const index = 'index' in step ? step.index : Number.parseInt(step.key, 10);
  const isPosition = 'index' in step || /^\d+$/.test(step.key);
  return isPosition && index < list.length && list.at(index) !== undefined ? [list.at(index)] : [];
}

/** How far a path leads into a value: the longest beginning of it that finds something, and what could follow there. */
export interface Followed {
  readonly found: Path;
  /** The step that finds nothing; undefined where the whole path leads somewhere. */
  readonly missing: Step | undefined;
  /** The paths with another key in its place that do lead somewhere. */
  readonly instead: readonly Path[];
  /** The one of them whose key is much like the missing one. */
  readonly nearest: Path | undefined;
}

/** Tries a path on a value, such as a sample or a response. */
export function followPath(value: unknown, path: Path): Followed {
  const length = path.findIndex((_, index) => valuesAt(value, path.slice(0, index + 1)).length === 0);
  if (length === -1) return { found: path, missing: undefined, instead: [], nearest: undefined };
  const found = path.slice(0, length);
  const missing = path[length] as Step;
  const keys = [...new Set(valuesAt(value, found).flatMap(keysOf))];
  const near = 'key' in missing ? nearestKey(missing.key, keys) : undefined;
  const end = (key: string): Path => [...found, { key }];
  return { found, missing, instead: keys.map(end), nearest: near === undefined ? undefined : end(near) };
}

function keysOf(value: unknown): string[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
}

/** `next_cursor` for `next`, and `nextPageToken` for `next_page_token`: what is left when case and signs don't count. */
function nearestKey(key: string, keys: readonly string[]): string | undefined {
  const bare = (text: string) => text.replaceAll(/[^\p{L}\p{N}]/gu, '').toLowerCase();
  const same = keys.find(other => bare(other) === bare(key));
  const longer = keys.find(other => bare(other).includes(bare(key)) || bare(key).includes(bare(other)));
  return same ?? nearest(key, keys) ?? longer;
}
