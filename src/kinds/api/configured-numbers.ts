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
  answers: ApiAnswers,
  report: Report,
): ApiStreamModel {
  // Windows overlap by a step, and so have to be longer than that.
  const longer = Math.floor(stream.bookmarkStep / DAY) + 1;
  const standard = (key: string, name: string | undefined, least: number) =>
    name === undefined
      ? undefined
      : {
          key: name,
          least,
          standard: standardOf(name, least, `${stream.name} has {${name}} as ${key}`, answers, report),
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

/** The default of a number that is configured; reports a key that has none. `use` says what it is taken for. */
function standardOf(name: string, least: number, use: string, { config = [] }: ApiAnswers, report: Report): number {
  const declared = config.find(each => each.name === name);
  const value = Number(declared?.default ?? Number.NaN);
  if (declared?.type !== 'integer' || !(value >= least))
    report(
      ['streams'],
      `${use}, which is no number with a default of ${least} at least`,
      `put it into config: {name: ${name}, type: integer, default: ${Math.max(least, 30)}}`,
    );
  return value;
}

/** Reports page sizes that are to be configured, and aren't numbers. */
export function reportConfiguredSizes(answers: ApiAnswers, report: Report): void {
  const paginations = [
    { owner: 'pagination', size: answers.pagination.page_size },
    ...answers.streams.map(({ name, pagination }) => ({ owner: name, size: pagination?.page_size })),
  ];
  for (const { owner, size } of paginations) {
    const name = numberKey(size as number | string | undefined);
    if (name !== undefined) standardOf(name, 1, `${owner} has {${name}} as page_size`, answers, report);
  }
}
