import type { Report } from '../../../connector/kind.ts';
import type { ApiStreamModel } from '../model.ts';
import { isExact } from './decimals.ts';

/** Reports children that are asked for by exact decimals, which is how no API knows its records. */
export function reportDecimals(answers: object, streams: readonly ApiStreamModel[], report: Report): void {
  if (!isExact(answers)) return;
  for (const { name, childFields, schema } of streams)
    for (const field of childFields.filter(each => schema.properties[each]?.type[1] === 'number'))
      report(
        ['decimals'],
        `${field} of ${name} is a number that children are asked for by`,
        'make it text or an integer in the schema',
      );
}
