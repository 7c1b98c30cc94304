import { isMapping } from '../../base/mapping.ts';
import { list, type Node, own } from '../../schema/infer/untyped.ts';
import { momentFormat, seconds } from './formats.ts';
import { given, parametersOf } from './manifest.ts';
import { fieldOf, inBody, shown } from './pagination.ts';
import { lost, NOTHING, type Part, together } from './parts.ts';
import { accessIn, type Context, configKey, translated } from './template.ts';

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
  if (own(cursor, 'type') !== 'DatetimeBasedCursor' || field === undefined || field === '' || field.includes('{'))
    return lost(`what changed is told by ${own(cursor, 'type')}`, 'the answers replication_key and bookmark_param');
  const request = momentFormat(own(cursor, 'datetime_format'));
  const values = momentFormat(list(own(cursor, 'cursor_datetime_formats'))[0] ?? own(cursor, 'datetime_format'));
  const [start, end] = [option(cursor, 'start_time_option'), option(cursor, 'end_time_option')];
  const from = start && fieldOf(start);
  const until = end && fieldOf(end);
  const step = seconds(own(cursor, 'step'));
  const whole = step === undefined ? 0 : Math.floor(step / DAY);
  // Of windows by dates both ends are read, so that one of a day would never end.
  const days = whole === 1 && request.bookmark === 'date' ? 0 : whole;
  const looks = lookbackOf(own(cursor, 'lookback_window'), context);
  const hasEnd = from !== undefined && until !== undefined;
  const hasWindow = hasEnd || (uses.since && uses.until);
  return together([
    {
      answers: {
        replication_key: field,
        ...(from !== undefined && { bookmark_param: from }),
        ...((from !== undefined || uses.since || values.values?.startsWith('epoch')) &&
          request.bookmark !== undefined && { bookmark_format: request.bookmark }),
        ...(values.values !== undefined && { value_format: values.values }),
        ...(hasEnd && { bookmark_end_param: until }),
        ...(hasWindow && days > 0 && days < 3650 && { window_days: days }),
        ...looks.answers,
        ...(start && inBody(start) && { params_in: 'body' }),
      },
      losses: [],
    },
    start && from === undefined
      ? lost(
          `the filter goes to ${shown(own(start, 'inject_into'))}`,
          'the answers params, headers or body, with {since}',
        )
      : NOTHING,
    { ...looks, answers: {} },
    hasWindow && own(cursor, 'step') !== undefined && step !== 0 && days === 0
      ? lost(
          `it is read in steps of ${shown(own(cursor, 'step'))}`,
          'get_records of the stream; the shortest window is a day',
        )
      : NOTHING,
  ]);
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
    context.key(key, '1', 'integer');
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
