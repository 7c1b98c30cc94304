import type { BookmarkFormat } from './model.ts';

const PATTERNS: Readonly<Record<string, string>> = { iso8601: '%Y-%m-%dT%H:%M:%SZ', date: '%Y-%m-%d' };

/** The format that `BaseStream` has unless a stream says otherwise. */
export const DEFAULT_FORMAT = 'iso8601';

/** Classes of python/streams/moment_params.py, by what all streams of a connector have. */
export type MomentFeature = 'Patterns' | 'Seconds' | 'Milliseconds' | 'MixedFormats';

/** The class that writes moments in these formats. */
export function momentFeature(formats: readonly BookmarkFormat[]): MomentFeature {
  if (formats.every(format => !isEpoch(format))) return 'Patterns';
  if (formats.length > 1) return 'MixedFormats';
  return formats[0] === 'epoch_seconds' ? 'Seconds' : 'Milliseconds';
}

/** What `BOOKMARK_FORMAT` has for a format: a pattern of strftime, or the name of a number since 1970. */
export function formatConstant(format: BookmarkFormat): string {
  return PATTERNS[format] ?? format;
}

function isEpoch(format: BookmarkFormat): boolean {
  return format === 'epoch_seconds' || format === 'epoch_milliseconds';
}
