import { keysIn, placeholdersIn, textsIn } from '../../../base/placeholders.ts';
import { CLOCK, changes } from '../../../base/text-names.ts';
import type { ApiStreamModel } from '../model.ts';
import { keepsType } from './python.ts';

type RequestParts = Pick<
  ApiStreamModel,
  'baseUrl' | 'path' | 'headers' | 'form' | 'params' | 'body' | 'bookmarkFormat' | 'counter'
>;

/** True where requests have to be filled one by one, and not once for all pages. */
export function needsTexts(streams: readonly RequestParts[]): boolean {
  return streams.some(stream => {
    const { baseUrl = '', path, headers, form, params, body } = stream;
    const found = placeholdersIn([baseUrl, path, ...textsIn(params), ...textsIn(body)]);
    const names = [...Object.keys(params), ...keysIn(body)];
    return (
      form ||
      Object.keys(headers).length > 0 ||
      found.some(({ name }) => changes(name)) ||
      placeholdersIn(names).length > 0 ||
      (!form && textsIn(body).some(text => keepsType(text, stream)))
    );
  });
}

/** True where some text of a stream's bodies keeps the type of what it stands for. */
export function hasTyped(stream: RequestParts & Pick<ApiStreamModel, 'bodyParams'>): boolean {
  if (stream.form) return false;
  const ofParams = stream.bodyParams.map(name => stream.params[name]);
  return textsIn([stream.body, ofParams]).some(text => keepsType(text, stream));
}

/** True where some text has the clock, which the client keeps beside the configuration. */
export function needsClock(texts: readonly string[]): boolean {
  return placeholdersIn(texts).some(({ name }) => CLOCK.includes(name));
}
