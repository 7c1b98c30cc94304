import { numberKey } from '../../answers/typed-config-key.ts';
import type { Report } from '../../connector/kind.ts';
import type { ApiAnswers } from './answers.ts';
import type { ApiStreamModel } from './model.ts';
import { DAY } from './moments.ts';
import type { ApiStreamAnswers } from './stream-answers.ts';

/** The stream with the defaults of the numbers that it takes of the configuration, and where a run has them from. */
export function withConfiguredNumbers(
  stream: ApiStreamModel,
  answer: ApiStreamAnswers,
  { config = [] }: ApiAnswers,
  report: Report,
): ApiStreamModel {
  // Windows overlap by a step, and so have to be longer than that.
  const longer = Math.floor(stream.bookmarkStep / DAY) + 1;
  const standard = (key: string, name: string | undefined, least: number) => {
    if (name === undefined) return undefined;
    const declared = config.find(each => each.name === name);
    const value = Number(declared?.default ?? Number.NaN);
    if (declared?.type !== 'integer' || !(value >= least))
      report(
        ['streams'],
        `${stream.name} has {${name}} as ${key}, which is no number with a default of ${least} at least`,
        `put it into config: {name: ${name}, type: integer, default: ${Math.max(least, 30)}}`,
      );
    return { key: name, least, standard: value };
  };
  const window = standard('window_days', numberKey(answer.window_days), longer);
  const lookback = standard('lookback_seconds', numberKey(answer.lookback_seconds), 1);
  return {
    ...stream,
    ...(window && { windowDays: window.standard }),
    ...(lookback && { lookback: lookback.standard }),
    numbers: { ...(window && { WINDOW_DAYS: window }), ...(lookback && { LOOKBACK: lookback }) },
  };
}
