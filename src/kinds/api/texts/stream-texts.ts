import { keysIn, placeholdersIn, textsIn } from '../../../base/placeholders.ts';
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

/** True where a stream's texts have a name, in one of the places. */
export function hasName(answer: ApiStreamAnswers, wanted: string, places?: readonly StreamText['place'][]): boolean {
  return streamTexts(answer)
    .filter(({ place }) => places?.includes(place) ?? true)
    .some(({ text }) => placeholdersIn([text]).some(({ name }) => name === wanted));
}

/** The formats that a moment has in a stream's texts; empty text where none is given. */
export function formatsOf(answer: ApiStreamAnswers, wanted: string): string[] {
  const found = placeholdersIn(streamTexts(answer).map(({ text }) => text));
  return found.filter(({ name }) => name === wanted).map(({ format }) => format);
}
