import { isMapping } from '../../base/mapping.ts';
import { list, type Node, own } from '../../schema/infer/untyped.ts';
import { momentFormat, seconds } from './formats.ts';
import { given, parametersOf } from './manifest.ts';
import { fieldOf, inBody, shown } from './pagination.ts';
import { lost, NOTHING, type Part, together } from './parts.ts';
import { type Context, translated } from './template.ts';

const DAY = 86_400;

/** What is read of what changed. `uses` tells whether the request itself has the moment in it. */
export function incrementalPart(stream: Node, uses: boolean, context: Context): Part {
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
  const days = step === undefined ? 0 : Math.floor(step / DAY);
  const lookback = seconds(own(cursor, 'lookback_window'));
  const hasWindow = from !== undefined && until !== undefined;
  return together([
    {
      answers: {
        replication_key: field,
        ...(from !== undefined && { bookmark_param: from }),
        ...((from !== undefined || uses || values.values?.startsWith('epoch')) &&
          request.bookmark !== undefined && { bookmark_format: request.bookmark }),
        ...(values.values !== undefined && { value_format: values.values }),
        ...(hasWindow && { bookmark_end_param: until }),
        ...(hasWindow && days > 0 && days < 3650 && { window_days: days }),
        ...(lookback !== undefined && lookback > 0 && { lookback_seconds: lookback }),
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
    lookback === undefined && own(cursor, 'lookback_window') !== undefined
      ? lost(`it looks back by ${shown(own(cursor, 'lookback_window'))}`, 'the answer lookback_seconds')
      : NOTHING,
  ]);
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
