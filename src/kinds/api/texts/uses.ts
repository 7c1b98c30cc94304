import { keysIn, placeholdersIn, splitText, textsIn } from '../../../base/placeholders.ts';
import { CLOCK, changes } from '../../../base/text-names.ts';
import { classOf, isListText } from '../../../python/request-texts.ts';
import type { ApiStreamModel } from '../model.ts';
import { hasWindowValues } from '../shape/features.ts';

type RequestParts = Pick<
  ApiStreamModel,
  'baseUrl' | 'path' | 'headers' | 'form' | 'params' | 'body' | 'bookmarkFormat' | 'counter' | 'types' | 'shape'
>;

/** True where requests have to be filled one by one, and not once for all pages. */
export function needsTexts(streams: readonly RequestParts[]): boolean {
  return streams.some(stream => {
    const { baseUrl = '', path, headers, form, params, body } = stream;
    const found = placeholdersIn([baseUrl, path, ...textsIn(params), ...textsIn(body)]);
    const names = [...Object.keys(params), ...keysIn(body)];
    return (
      form ||
      hasWindowValues(stream) ||
      Object.keys(headers).length > 0 ||
      found.some(({ name }) => changes(name)) ||
      placeholdersIn(names).length > 0 ||
      textsIn(params).some(text => classOf(text, stream) !== undefined) ||
      (!form && textsIn(body).some(text => classOf(text, stream) !== undefined))
    );
  });
}

/** True for a text that says more than one value: a query, which an API may not answer without. */
export function isQuery(text: string): boolean {
  return splitText(text).length > 1;
}

/** The classes of texts in a stream's requests that keep the type of what they stand for. */
export function typedClasses(stream: RequestParts & Pick<ApiStreamModel, 'bodyParams'>): string[] {
  const { form, body, bodyParams, params } = stream;
  const ofBody = form ? [] : textsIn([body, bodyParams.map(name => params[name])]);
  const lists = textsIn(params).filter(text => isListText(text, stream));
  return [...new Set([...ofBody, ...lists].flatMap(text => classOf(text, stream) ?? []))].sort();
}

/** True where some text has the clock, which the client keeps beside the configuration. */
export function needsClock(texts: readonly string[]): boolean {
  return placeholdersIn(texts).some(({ name }) => CLOCK.includes(name));
}
