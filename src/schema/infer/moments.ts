import { isDate, isDateTime } from './date-time.ts';

/** The form that a connector reads without being told: ISO 8601, or a number since 1970. */
export const PLAIN = 'iso';

/** So few digits might as well be a date. */
const NUMBER = /^-?\d{9,}(?:\.\d+)?$/;
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June'].concat(
  ...['July', 'August', 'September', 'October', 'November', 'December'],
);
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const WHOLE =
  /^(?<day>(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? )?(?<date>.*?)(?:(?<between>, |[T ])(?<clock>\d\d?:\d\d.*))?$/;
const CLOCK =
  /^(?:[01]?\d|2[0-3])(?<minutes>:[0-5]\d)(?<seconds>:[0-5]\d)?(?<fraction>\.\d{1,6})?(?<half> ?[AaPp][Mm])?(?<zone> ?(?:UTC|GMT|Z|[+-]\d\d:?\d\d))?$/;

/** The patterns of strptime by which a text may be a moment, or PLAIN. Names of zones other than UTC and GMT are in none. */
export function momentFormats(text: string): ReadonlySet<string> {
  // The longest is a weekday, a month, a time to microseconds and an offset.
  if (text.length > 60) return new Set();
  if (isDate(text) || isDateTime(text) || NUMBER.test(text)) return new Set([PLAIN]);
  const { day = '', date = '', between = '', clock } = WHOLE.exec(text)?.groups ?? {};
  const weekday = weekdayPattern(day);
  const time = clock === undefined ? '' : clockPattern(clock);
  if (weekday === undefined || time === undefined) return new Set();
  return new Set(datePatterns(date).map(pattern => `${weekday}${pattern}${between}${time}`));
}

/** The forms in which all values of a column in the sample may be moments; undefined where it has no text. */
export function formatsOf(
  columns: ReadonlyMap<string, { readonly momentFormats: ReadonlySet<string> | undefined }>,
  name = '',
): readonly string[] | undefined {
  const formats = columns.get(name)?.momentFormats;
  return formats && [...formats];
}

function weekdayPattern(text: string): string | undefined {
  if (text === '') return '';
  const [, name = '', rest = ''] = /^([A-Za-z]+)(.*)$/.exec(text) ?? [];
  return named(DAYS, name, 'a')[0]?.concat(rest);
}

function clockPattern(text: string): string | undefined {
  const groups = CLOCK.exec(text)?.groups;
  if (!groups) return undefined;
  const { seconds, fraction, half, zone = '' } = groups;
  if (fraction && !seconds) return undefined;
  const hour = half ? '%I' : '%H';
  const offset = /\d/.test(zone) ? zone.replace(/\S+/, '%z') : zone;
  return `${hour}:%M${seconds ? ':%S' : ''}${fraction ? '.%f' : ''}${half ? half.replace(/\S+/, '%p') : ''}${offset}`;
}

/** Each shape of a date, and how its parts may be read. */
function datePatterns(text: string): string[] {
  const numbers = /^(\d{1,4})([/. -]?)(\d{1,2})\2(\d{4}|\d{2})$/.exec(text);
  if (numbers) return numberPatterns(numbers.slice(1) as [string, string, string, string]);
  const dayFirst = /^(\d{1,2})([ -])([A-Z][a-z]+)\2(\d{4})$/.exec(text);
  if (dayFirst) {
    const [, , separator, month] = dayFirst as unknown as [string, string, string, string];
    return named(MONTHS, month, 'b').map(name => `%d${separator}${name}${separator}%Y`);
  }
  const monthFirst = /^([A-Z][a-z]+) (\d{1,2})(,?) (\d{4})$/.exec(text);
  if (!monthFirst) return [];
  const [, month, , comma] = monthFirst as unknown as [string, string, string, string];
  return named(MONTHS, month, 'b').map(name => `${name} %d${comma} %Y`);
}

function numberPatterns([first, separator, second, third]: [string, string, string, string]): string[] {
  const isDay = (text: string) => text.length <= 2 && Number(text) >= 1 && Number(text) <= 31;
  const isMonth = (text: string) => isDay(text) && Number(text) <= 12;
  const joined = (parts: string[]) => parts.join(separator);
  if (separator === '') return first.length === 4 && isMonth(second) && isDay(third) ? ['%Y%m%d'] : [];
  if (first.length === 4) return isMonth(second) && isDay(third) ? [joined(['%Y', '%m', '%d'])] : [];
  const year = third.length === 4 ? '%Y' : '%y';
  return [
    ...(isDay(first) && isMonth(second) ? [joined(['%d', '%m', year])] : []),
    ...(isMonth(first) && isDay(second) ? [joined(['%m', '%d', year])] : []),
    ...(year === '%y' && isMonth(second) && isDay(third) ? [joined(['%y', '%m', '%d'])] : []),
  ];
}

/** How a name is written: short, in full, or either. */
function named(names: readonly string[], name: string, directive: string): string[] {
  const isShort = names.some(each => each.slice(0, 3) === name);
  const isLong = names.includes(name);
  return [...(isShort ? [`%${directive}`] : []), ...(isLong ? [`%${directive.toUpperCase()}`] : [])];
}
