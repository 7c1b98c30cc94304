import { topLevel } from '../../../python/parse.ts';

/** The text with another piece in place of the one that stands at a place; unchanged if it stands there no more. */
export function replaceAt(text: string, at: number, piece: string, instead: string): string {
  return text.startsWith(piece, at) ? text.slice(0, at) + instead + text.slice(at + piece.length) : text;
}

/** Renames a class wherever Python code names it; strings and comments stay as they are. */
export function renameNames(text: string, from: string, to: string): string {
  const places = new Set<number>();
  for (const statement of topLevel(text) ?? [])
    statement.cursor().iterate(({ name, from: at, to: end }) => {
      if (name === 'VariableName' && text.slice(at, end) === from) places.add(at);
    });
  return [...places].sort((a, b) => b - a).reduce((result, at) => replaceAt(result, at, from, to), text);
}
