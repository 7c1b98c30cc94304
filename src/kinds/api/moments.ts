import { pythonFormat } from '../../base/text-formats.ts';
import type { BookmarkFormat } from './model.ts';

export const DAY = 86_400;

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
  return isEpoch(format) ? format : pythonFormat(format);
}

/** The directives of strftime that tell no less apart than so many seconds, the least first. */
const DIRECTIVES: readonly (readonly [RegExp, number])[] = [
  [/%-?f/, 0.000001],
  [/%-?[STXcrs]/, 1],
  [/%-?[MR]/, 60],
  [/%-?[HIkl]/, 3600],
  [/%-?[djDFxeaAuw]/, DAY],
  [/%-?[UWV]/, 7 * DAY],
  [/%-?[mbBh]/, 31 * DAY],
  [/%-?[yYGC]/, 366 * DAY],
];

/** The seconds that numbers since 1970 count. */
const UNITS: Readonly<Record<string, number>> = { epoch: 1, epoch_ms: 0.001, epoch_us: 0.000001 };

/** How many seconds a format tells apart. */
export function stepOf(format: BookmarkFormat): number {
  const unit = UNITS[pythonFormat(format)];
  if (unit !== undefined) return unit;
  const pattern = formatConstant(format).replaceAll('%%', '');
  return DIRECTIVES.find(([directive]) => directive.test(pattern))?.[1] ?? DAY;
}

function isEpoch(format: BookmarkFormat): boolean {
  return format === 'epoch_seconds' || format === 'epoch_milliseconds';
}
