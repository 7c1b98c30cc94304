import { nearest } from './names.ts';

/** What formats are called that are no patterns of strftime, and what Python calls them. */
const NAMED: Readonly<Record<string, string>> = {
  iso: '%Y-%m-%dT%H:%M:%SZ',
  date: '%Y-%m-%d',
  epoch: 'epoch',
  epoch_ms: 'epoch_ms',
  epoch_us: 'epoch_us',
};

/** What `bookmark_format` calls them. */
const OF_BOOKMARKS: Readonly<Record<string, string>> = {
  iso8601: 'iso',
  epoch_seconds: 'epoch',
  epoch_milliseconds: 'epoch_ms',
};

/** A format as Python takes it: a pattern of strftime, or epoch, epoch_ms or epoch_us. */
export function pythonFormat(format: string): string {
  const name = OF_BOOKMARKS[format] ?? format;
  return NAMED[name] ?? name;
}

/** True for the formats that are numbers since 1970. */
export function isEpochFormat(format: string): boolean {
  return pythonFormat(format).startsWith('epoch');
}

/** What is wrong with a format; undefined where nothing is. */
export function formatFault(format: string): string | undefined {
  if (format in NAMED) return undefined;
  const meant = nearest(format, Object.keys(NAMED));
  if (!/%-?[A-Za-z]/.test(format))
    return `has the format ${format}: ${meant ? `did you mean ${meant}?` : `${Object.keys(NAMED).join(', ')} and patterns of strftime such as %d.%m.%Y are known`}`;
  const odd = format.match(/%-?.?/gs)?.find(directive => !/^%(-?[aAbBcdeDfFGHIjmMpRSTuUVwWxXyYzZ]|%)$/.test(directive));
  return odd && `has the format ${format}, in which strftime knows no ${odd}`;
}
