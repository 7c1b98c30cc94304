import type { Kind } from './numbers.ts';
import { integerTextKind } from './numbers.ts';

/*
 * The one place that says what text in a CSV file is. The file connector's template converts by the same rules, in Python:
 *
 *   type of the column     value
 *   (any)                  '' → None
 *   integer                int(text)
 *   number                 float(text)
 *   boolean                text.lower() == 'true'
 *   string (date-time too) text
 *
 * A column has a type other than string only if that conversion keeps every value of the sample exactly, so not with:
 * leading zeros (postcodes), a plus sign, spaces, thousands separators, NaN, inf, "1e5" (as often a product code or a hash;
 * 1e+05 and 1.0e5 are numbers), more digits than a float keeps, integers beyond 64 bits.
 */
const INTEGER = /^(?:0|-?[1-9]\d*)$/;
const DECIMAL = /^-?(?:0|[1-9]\d*)(?:\.\d+(?:[eE][+-]?\d+)?|[eE][+-]\d+)$/;
/** Every decimal of up to 15 significant digits survives the way through a double. */
const SAFE_DIGITS = 15;

/** What the text of one CSV field is. */
export function textKind(text: string): Kind {
  if (text === '') return 'null';
  if (INTEGER.test(text)) {
    const kind = text.length <= SAFE_DIGITS ? 'integer' : integerTextKind(text);
    return kind === 'huge' ? 'string' : kind;
  }
  if (DECIMAL.test(text)) return isExactFloat(text) ? 'float' : 'string';
  return /^(?:true|false)$/i.test(text) ? 'boolean' : 'string';
}

/** Does float(text) keep all of its digits? */
function isExactFloat(text: string): boolean {
  if (text.length <= SAFE_DIGITS && !/e/i.test(text)) return true;
  const value = Number(text);
  return Number.isFinite(value) && scientific(text) === scientific(String(value));
}

/** The digits and the power of ten of a decimal, in the one way to write them: 0.120e3 and 120 give the same. */
function scientific(text: string): string {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().replace(/^-/, '').split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  return significant && `${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}
