import { isEpochFormat, pythonFormat } from '../../../base/text-formats.ts';
import type { ApiStreamModel } from '../model.ts';
import { DAY, DEFAULT_FORMAT, stepOf } from '../moments.ts';
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
    bookmarkStep: finestOf(formats.length > 0 ? formats : [bookmark_format]),
  };
}

/** What the formats tell apart together: those without a year or a day are parts of one moment, such as {since:%Y} beside {since:%d}. */
function finestOf(formats: readonly string[]): number {
  const isPart = (format: string) =>
    !isEpochFormat(format) && !(/%-?[yYGDFxc]/.test(pythonFormat(format)) && stepOf(format) <= DAY);
  const parts = formats.filter(isPart);
  const whole = formats.filter(format => !isPart(format));
  return Math.max(...whole.map(stepOf), ...(parts.length > 0 ? [stepOf(parts.map(pythonFormat).join(' '))] : []));
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
