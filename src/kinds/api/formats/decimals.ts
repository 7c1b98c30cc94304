import { mapValues } from 'lodash-es';
import * as v from 'valibot';
import { choice } from '../../../answers/fields.ts';
import type { PythonFeature } from '../python-feature.ts';

/** The answer for decimals with more digits than floating point keeps, for formats with types. */
export const decimals = {
  decimals: v.optional(
    choice(
      ['float', 'exact'],
      'exact where decimals have more digits than the 15 that floating point keeps (default: float)',
    ),
  ),
};

interface DecimalsAnswer {
  readonly decimals?: 'float' | 'exact' | undefined;
}

/** True where decimals keep all of their digits. */
export function isExact(answers: object): boolean {
  return (answers as DecimalsAnswer).decimals === 'exact';
}

/** What decodes a format exactly where answers say so. */
export function decoderFor(answers: object, decoder: PythonFeature): PythonFeature {
  return isExact(answers) ? exactly(decoder) : decoder;
}

/** The class that keeps all digits and otherwise does as another, in a module beside that one's. */
function exactly({ module, class: name, values }: PythonFeature): PythonFeature {
  return { module: module.replace(/\w+\.py$/, 'exact.py'), class: `Exact${name}`, values };
}

/** The functions that make the values of columns, with all digits of decimals. */
export function exactCasts(casts: Readonly<Record<string, string>>): Record<string, string> {
  return mapValues(casts, name => (name === 'cast_number' ? 'cast_decimal' : name));
}
