import { placeholdersIn, textFault } from '../../../base/placeholders.ts';
import { formatFault } from '../../../base/text-formats.ts';
import { isMoment, PAGING } from '../../../base/text-names.ts';
import type { StreamReport } from '../../../connector/kind.ts';
import { valueTexts } from '../../../records/shape.ts';
import type { ApiStreamAnswers } from '../stream-answers.ts';
import { filterOf } from '../texts/moments.ts';

/** Reports what values of columns have in braces and can't. They are the same for all records of a window, so that they know nothing of pages. */
export function reportValues(answer: ApiStreamAnswers, report: StreamReport): void {
  const { bookmarkParam, bookmarkEndParam } = filterOf(answer);
  const asked: Readonly<Record<string, string | undefined>> = {
    since: bookmarkParam ?? '',
    until: bookmarkEndParam ?? '',
  };
  for (const text of valueTexts(answer)) {
    const fault = textFault(text);
    if (fault) report('columns', fault);
    for (const { name, format } of placeholdersIn([text])) {
      if ((PAGING as readonly string[]).includes(name))
        report(
          'columns',
          `has {${name}}, which no column has`,
          'they have configuration keys, fields of parents, {since}, {until}, {today} and {now}',
        );
      if (asked[name] === '')
        report(
          'columns',
          `has {${name}}, which the API is not asked for`,
          name === 'since' ? 'bookmark_param, or {since} in a text' : 'bookmark_end_param, or {until} in a text',
        );
      const isCounter = name === 'since' && answer.bookmark_format === 'integer';
      const wrong =
        format !== '' && (isMoment(name) && !isCounter ? formatFault(format) : `has a format for {${name}}`);
      if (wrong) report('columns', wrong);
    }
  }
}
