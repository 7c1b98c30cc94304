import type { ApiStreamModel } from '../model.ts';
import { DEFAULT_FORMAT, stepOf } from '../moments.ts';
import type { ApiStreamAnswers } from '../stream-answers.ts';
import { formatsOf, hasName } from './stream-texts.ts';

/** How the API filters by a stream's bookmark: by parameters of its own, or by what its texts say. */
export function filterOf(answer: ApiStreamAnswers) {
  const { bookmark_param, bookmark_end_param, bookmark_format = DEFAULT_FORMAT } = answer;
  const formats = formatsOf(answer, 'since').map(format => format || bookmark_format);
  return {
    bookmarkParam: formats.length > 0 ? '{since}' : bookmark_param,
    bookmarkEndParam: hasName(answer, 'until') ? '{until}' : bookmark_end_param,
    bookmarkFormat: bookmark_format,
    bookmarkStep: Math.max(...(formats.length > 0 ? formats : [bookmark_format]).map(stepOf)),
  };
}

/** A stream of a connector whose texts have moments: its bookmark's own parameters become such texts, too. */
export function withMomentTexts(stream: ApiStreamModel): ApiStreamModel {
  const { bookmarkParam, bookmarkEndParam } = stream;
  const own = [
    { param: bookmarkParam, place: '{since}' },
    { param: bookmarkEndParam, place: '{until}' },
  ].filter(({ param, place }) => param !== undefined && param !== place);
  return {
    ...stream,
    params: { ...stream.params, ...Object.fromEntries(own.map(({ param, place }) => [doubled(String(param)), place])) },
    ...(bookmarkParam !== undefined && { bookmarkParam: '{since}' }),
    ...(bookmarkEndParam !== undefined && { bookmarkEndParam: '{until}' }),
  };
}

function doubled(name: string): string {
  return name.replaceAll(/[{}]/g, '$&$&');
}
