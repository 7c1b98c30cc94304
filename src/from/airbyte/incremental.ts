import { isMapping } from '../../base/mapping.ts';
import { list, type Node, own } from '../../schema/infer/untyped.ts';
import { momentFormat, seconds } from './formats.ts';
import { given, parametersOf } from './manifest.ts';
import { fieldOf, inBody, shown } from './pagination.ts';
import { lost, NOTHING, type Part, together } from './parts.ts';
import { accessIn, type Context, configKey, configuredNumber, translated } from './template.ts';

const DAY = 86_400;

/** Whether the request itself has the moments in it. */
export interface Uses {
  readonly since: boolean;
  readonly until: boolean;
}

/** What is read of what changed. */
export function incrementalPart(stream: Node, uses: Uses, context: Context): Part {
  const cursor = own(stream, 'incremental_sync');
  if (!isMapping(cursor)) return NOTHING;
  const field = translated(given(cursor, 'cursor_field'), { ...context, parameters: parametersOf(cursor) });
  const type = own(cursor, 'type');
  const isKnown = type === 'DatetimeBasedCursor' || type === 'IncrementingCountCursor';
  if (!isKnown || field === undefined || field === '' || field.includes('{'))
    return lost(`what changed is told by ${type}`, 'the answers replication_key and bookmark_param');
  const [start, end] = [option(cursor, 'start_time_option'), option(cursor, 'end_time_option')];
  const filter = filterPart(start);
  if (type === 'IncrementingCountCursor')
    return together([{ answers: { replication_key: field, bookmark_format: 'integer' }, losses: [] }, filter]);
  const request = momentFormat(own(cursor, 'datetime_format'));
  const values = momentFormat(list(own(cursor, 'cursor_datetime_formats'))[0] ?? own(cursor, 'datetime_format'));
  const from = start && fieldOf(start);
  const until = end && fieldOf(end);
  const hasEnd = from !== undefined && until !== undefined;
  const hasWindow = hasEnd || (uses.since && uses.until);
  return together([
    {
      answers: {
        replication_key: field,
        ...((from !== undefined || uses.since || values.values?.startsWith('epoch')) &&
          request.bookmark !== undefined && { bookmark_format: request.bookmark }),
        ...(values.values !== undefined && { value_format: values.values }),
        ...(hasEnd && { bookmark_end_param: until }),
      },
      losses: [],
    },
    filter,
    hasWindow ? windowPart(own(cursor, 'step'), request.bookmark === 'date', context) : NOTHING,
    hasWindow ? endPart(own(cursor, 'end_datetime')) : NOTHING,
    lookbackOf(own(cursor, 'lookback_window'), context),
  ]);
}

/** The parameter that takes the bookmark. */
function filterPart(start: Node | undefined): Part {
  if (!start) return NOTHING;
  const from = fieldOf(start);
  if (from === undefined)
    return lost(
      `the filter goes to ${shown(own(start, 'inject_into'))}`,
      'the answers params, headers or body, with {since}',
    );
  return { answers: { bookmark_param: from, ...(inBody(start) && { params_in: 'body' }) }, losses: [] };
}

/** How long a window is: a duration of days, or a number of them that is configured. */
function windowPart(step: unknown, isDate: boolean, context: Context): Part {
  const length = seconds(step);
  if (step === undefined || length === 0) return NOTHING;
  const whole = length === undefined ? 0 : Math.floor(length / DAY);
  if (whole >= 3650) return NOTHING;
  // Of windows by dates both ends are read, so that one of a day would never end.
  if (whole > 0 && !(whole === 1 && isDate)) return { answers: { window_days: whole }, losses: [] };
  const [, configured] = /^P(\{\{.*\}\})D$/s.exec(String(step)) ?? [];
  const key = configuredNumber(configured, context);
  if (key !== undefined) return { answers: { window_days: `{${key}}` }, losses: [] };
  return lost(`it is read in steps of ${shown(step)}`, 'get_records of the stream; the shortest window is a day');
}

/** Streams end with the run, or at a date that is configured: any other end is told. */
function endPart(given: unknown): Part {
  const end = momentText(given);
  const isUsual =
    end === undefined ||
    /\b(?:now_utc|today_utc)\(\)(?!\s*[-+])|\bconfig\b/.test(String(end)) ||
    !String(end).includes('{{');
  return isUsual ? NOTHING : lost(`it ends at ${shown(end)}`, 'the answer configured_end');
}

/** How much is read again: a duration, or one of days or seconds that are configured. */
function lookbackOf(window: unknown, context: Context): Part {
  const lookback = seconds(window);
  if (lookback !== undefined) return lookback > 0 ? { answers: { lookback_seconds: lookback }, losses: [] } : NOTHING;
  if (window === undefined || window === '') return NOTHING;
  const [, inner, unit] = /^P(?:T(?=.*S$))?(\{\{.*\}\})([DS])$/s.exec(String(window)) ?? [];
  const found = accessIn(inner);
  if (found?.root === 'config') {
    // Ours are configured in seconds, of which one is the least.
    const key = configKey(found.steps).replace(/_days$/, '') + (unit === 'D' ? '_seconds' : '');
    if (context.key(key, { fallback: '1', type: 'integer' }))
      return { answers: { lookback_seconds: `{${key}}` }, losses: [] };
  }
  return lost(`it looks back by ${shown(window)}`, 'the answer lookback_seconds');
}

function option(cursor: Node, key: string): Node | undefined {
  const found = own(cursor, key);
  return isMapping(found) ? found : undefined;
}

/** How the moments of a request are written, behind a colon; undefined where nothing is read of what changed. */
export function momentIn(stream: Node): string | undefined {
  const cursor = own(stream, 'incremental_sync');
  return isMapping(cursor) && own(cursor, 'type') === 'DatetimeBasedCursor'
    ? momentFormat(own(cursor, 'datetime_format')).placeholder
    : undefined;
}

/** Where the incremental streams of a manifest begin and end: answers of the whole connector. */
export function rangeOf(streams: readonly Node[]): Node {
  const cursors = streams.map(stream => option(stream, 'incremental_sync')).filter(cursor => cursor !== undefined);
  const starts = cursors.map(cursor => String(momentText(own(cursor, 'start_datetime'))));
  const days = starts.flatMap(start => /\bday_delta\(\s*-(\d+)/.exec(start)?.[1] ?? []).map(Number);
  const isConfigured = cursors.some(cursor => /\bconfig\b/.test(String(momentText(own(cursor, 'end_datetime')))));
  return {
    ...(days.length > 0 && Math.max(...days) > 0 && { start_days_ago: Math.max(...days) }),
    ...(isConfigured && { configured_end: true }),
  };
}

function momentText(given: unknown): unknown {
  return isMapping(given) ? own(given, 'datetime') : given;
}
