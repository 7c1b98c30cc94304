import { applyEdits, modify } from 'jsonc-parser';
import { isEqual } from 'lodash-es';
import { isMapping } from '../../base/mapping.ts';
import { own } from '../../schema/infer/untyped.ts';
import type { Merged } from './lines.ts';

/** Sets what stands at a path of a JSON text, or takes it out if the value is undefined, and keeps everything else. */
export function editJson(text: string, path: readonly string[], value: unknown): string {
  // What goes leaves nothing to format.
  const options = value === undefined ? {} : { formattingOptions: styleOf(text) };
  return applyEdits(text, modify(text, [...path], value, options));
}

function styleOf(text: string): { insertSpaces: boolean; tabSize: number; eol: string } {
  const indent = /\n([ \t]+)/.exec(text)?.[1] ?? '  ';
  return { insertSpaces: !indent.includes('\t'), tabSize: indent.length, eol: text.includes('\r\n') ? '\r\n' : '\n' };
}

/** Merges the changes of two sides of a JSON object key by key: what the user changed stays, byte for byte. */
export function mergeJson(current: string, previous: string, next: string): Merged {
  const [here, was, will] = [current, previous, next].map(objectIn);
  if (!here || !was || !will) return { text: next, conflict: true };
  const { edits, conflict } = compare(here, was, will, []);
  return { text: edits.reduce((text, { path, value }) => editJson(text, path, value), current), conflict };
}

interface Comparison {
  readonly edits: readonly { readonly path: readonly string[]; readonly value: unknown }[];
  readonly conflict: boolean;
}

type JsonObject = Readonly<Record<string, unknown>>;

/** What it takes to bring `here` from `was` to `will`; a conflict where it is neither any more. */
function compare(here: JsonObject, was: JsonObject, will: JsonObject, path: readonly string[]): Comparison {
  const keys = [...new Set([...Object.keys(was), ...Object.keys(will)])];
  const parts = keys.map((key): Comparison => {
    const [mine, old, value] = [own(here, key), own(was, key), own(will, key)];
    const at = [...path, key];
    if (isEqual(old, value) || isEqual(mine, value)) return { edits: [], conflict: false };
    if (isMapping(mine) && isMapping(old) && isMapping(value)) return compare(mine, old, value, at);
    return { edits: [{ path: at, value }], conflict: !isEqual(mine, old) };
  });
  return { edits: parts.flatMap(({ edits }) => edits), conflict: parts.some(({ conflict }) => conflict) };
}

function objectIn(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isMapping(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
