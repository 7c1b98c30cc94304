import { topLevel } from '../../../python/parse.ts';

/** The text with another piece in place of the one that stands at a place; unchanged if it stands there no more. */
export function replaceAt(text: string, at: number, piece: string, instead: string): string {
  return text.startsWith(piece, at) ? text.slice(0, at) + instead + text.slice(at + piece.length) : text;
}

/** Renames a class wherever Python code names it; strings and comments stay as they are. */
export function renameNames(text: string, from: string, to: string): string {
  return (topLevel(text) ?? [])
    .flatMap(statement => [...statement.walk()])
    .filter(node => node.name === 'VariableName' && text.slice(node.from, node.to) === from)
    .reduceRight((result, node) => replaceAt(result, node.from, from, to), text);
}
