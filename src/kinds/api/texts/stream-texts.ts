import { keysIn, placeholdersIn, textsIn } from '../../../base/placeholders.ts';
import { isPaging } from '../../../base/text-names.ts';
import type { ApiStreamAnswers } from '../stream-answers.ts';

/** A text of a stream's requests, and the answer that it stands in. */
export interface StreamText {
  readonly text: string;
  /** The answer, such as params.q. */
  readonly key: string;
  /** A param is left out where what it names has no value; a path or a body can't do without. */
  readonly place: 'path' | 'name' | 'param' | 'body';
}

/** Every text of a stream's requests in which names in braces stand for something. */
export function streamTexts({ base_url, path, headers = {}, params = {}, ...more }: ApiStreamAnswers): StreamText[] {
  const ofParams = Object.entries(params).flatMap(([name, value]): StreamText[] => {
    const key = `params.${name}`;
    return [
      { text: name, key, place: 'name' },
      ...textsIn(value).map(text => ({ text, key, place: 'param' as const })),
    ];
  });
  return [
    { text: path, key: 'path', place: 'path' },
    ...ofParams,
    ...(base_url === undefined ? [] : [{ text: base_url, key: 'base_url', place: 'path' as const }]),
    ...Object.entries(headers).map(([name, text]) => ({ text, key: `headers.${name}`, place: 'param' as const })),
    ...(['body', 'variables'] as const).flatMap(key => [
      ...keysIn(more[key]).map(text => ({ text, key, place: 'name' as const })),
      ...textsIn(more[key]).map(text => ({ text, key, place: 'body' as const })),
    ]),
  ];
}

/** True where a stream's texts have a name. */
export function hasName(answer: ApiStreamAnswers, wanted: string): boolean {
  return placeholdersIn(streamTexts(answer).map(({ text }) => text)).some(({ name }) => name === wanted);
}

/** True for a text that a request can't do without: a path, a body, or a parameter that has the page as well. */
export function isKept({ text, place }: StreamText): boolean {
  return ['path', 'body'].includes(place) || placeholdersIn([text]).some(({ name }) => isPaging(name));
}

/** True where such a text has {since}, so that a first run needs a beginning. */
export function keepsSince(answer: ApiStreamAnswers): boolean {
  const kept = streamTexts(answer).filter(isKept);
  return placeholdersIn(kept.map(({ text }) => text)).some(({ name }) => name === 'since');
}

/** The formats that a moment has in a stream's texts; empty text where none is given. */
export function formatsOf(answer: ApiStreamAnswers, wanted: string): string[] {
  const found = placeholdersIn(streamTexts(answer).map(({ text }) => text));
  return found.filter(({ name }) => name === wanted).map(({ format }) => format);
}
