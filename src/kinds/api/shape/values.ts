import { placeholdersIn, textFault } from '../../../base/placeholders.ts';
import { formatFault } from '../../../base/text-formats.ts';
import { CLOCK, isOwnName } from '../../../base/text-names.ts';
import type { StreamReport } from '../../../connector/kind.ts';
import { valueTexts } from '../../../records/shape.ts';
import type { ApiStreamAnswers } from '../stream-answers.ts';

/** Reports what values of columns have in braces and can't. They are the same for all records of a parent, so that they know nothing of windows and pages. */
export function reportValues(answer: ApiStreamAnswers, report: StreamReport): void {
  for (const text of valueTexts(answer)) {
    const fault = textFault(text);
    if (fault) report('columns', fault);
    for (const { name, format } of placeholdersIn([text])) {
      const isClock = CLOCK.includes(name);
      if (isOwnName(name) && !isClock)
        report(
          'columns',
          `has {${name}}, which no column has`,
          'they have configuration keys, fields of parents, {today} and {now}',
        );
      const wrong = format !== '' && (isClock ? formatFault(format) : `has a format for {${name}}`);
      if (wrong) report('columns', wrong);
    }
  }
}
