import { snakeCase } from 'lodash-es';

/** Names as they are compared: `page[size]`, `pageSize` and `page_size` are all `pagesize`. */
export function bare(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}

/** A name in snake case of ASCII letters and digits; empty where nothing is left of it. */
export function snake(name: string): string {
  return snakeCase(name)
    .replaceAll(/[^a-z0-9_]/g, '')
    .replaceAll(/_(\d+)(?=_|$)/g, '$1');
}

/** A word's singular, as far as its ending tells. */
export function singular(word: string): string {
  if (/(?:ss|us|is)$/.test(word)) return word;
  if (/ies$/.test(word) && word.length > 4) return word.replace(/ies$/, 'y');
  if (/(?:ch|sh|x|ss|z)es$/.test(word)) return word.replace(/es$/, '');
  return word.replace(/s$/, '');
}

/** Are these the same word, but for number, case and signs? */
export function sameWord(a: string, b: string): boolean {
  return singular(bare(a)) === singular(bare(b));
}

/** The first sentence of a description, on one line and without markup. */
export function firstSentence(text: string): string {
  const plain = text
    .replaceAll(/<[^<>]{0,200}>/g, ' ')
    .replaceAll(/\[([^[\]]{1,200})\]\([^()]{0,500}\)/g, '$1')
    .replaceAll(/[`*]|^#+ /gm, '')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, ' ')
    .replaceAll(/ (?=[.,;:!?](?: |$))/g, '')
    .trim();
  const sentence = /^.{0,400}?[.!?](?= |$)/u.exec(plain)?.[0] ?? plain;
  return sentence.length > 300 ? `${sentence.slice(0, 299).trimEnd()}…` : sentence;
}
