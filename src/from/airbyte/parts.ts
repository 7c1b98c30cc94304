import type { Node } from '../../schema/infer/untyped.ts';
import type { Loss } from '../described.ts';
import type { Context } from './template.ts';

/** Answers that a part of a stream becomes, and what is lost on the way. */
export interface Part {
  readonly answers: Readonly<Record<string, unknown>>;
  readonly losses: readonly Loss[];
}

/** What the parts of a stream are read with. */
export interface StreamContext extends Context {
  readonly stream: Node;
  /** The moments that the API is asked for: since, until. */
  readonly asked?: readonly string[];
}

export const NOTHING: Part = { answers: {}, losses: [] };

/** A loss, by what it is and what does it instead. */
export function lost(what: string, instead: string): Part {
  return { answers: {}, losses: [{ what, instead }] };
}

/** Parts of one stream as one; mappings of one name become one. */
export function together(parts: readonly Part[]): Part {
  const answers: Record<string, unknown> = {};
  for (const part of parts)
    for (const [key, value] of Object.entries(part.answers)) {
      const before = answers[key];
      const bothMaps = isPlain(before) && isPlain(value);
      answers[key] = bothMaps
        ? { ...before, ...value }
        : Array.isArray(before) && Array.isArray(value)
          ? [...before, ...value]
          : value;
    }
  return { answers, losses: parts.flatMap(({ losses }) => losses) };
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
