import { uniq } from 'lodash-es';
import { isMapping } from '../../base/mapping.ts';
import { list, type Node, own } from '../../schema/infer/untyped.ts';
import { part } from './manifest.ts';
import { shown } from './pagination.ts';

/** What connectors do in a way of their own, whatever the manifest says: where incremental streams begin and end, and waits. */
export function ownWays(streams: readonly Node[]): string[] {
  const cursors = streams.map(stream => part(stream, 'incremental_sync')).filter(cursor => cursor !== undefined);
  const starts = uniq(cursors.flatMap(cursor => literalMoment(own(cursor, 'start_datetime'))));
  const ends = uniq(cursors.flatMap(cursor => literalMoment(own(cursor, 'end_datetime'))));
  const waits = uniq(streams.flatMap(stream => waitsOf(part(part(stream, 'retriever') ?? {}, 'requester') ?? {})));
  return [
    ...(starts.length > 0
      ? [
          `incremental streams begin at the configured start_date, else at the first record; the manifest has ${starts.join(' and ')}`,
        ]
      : []),
    ...(ends.length > 0
      ? [
          `incremental streams end with the run, or at what configured_end: true makes configurable; the manifest has ${ends.join(' and ')}`,
        ]
      : []),
    ...(waits.length > 0
      ? [`how long is waited after errors is what the API says, else doubles; the manifest has ${waits.join(' and ')}`]
      : []),
  ];
}

/** A moment that stands in the manifest itself. */
function literalMoment(given: unknown): string[] {
  const moment = isMapping(given) ? own(given, 'datetime') : given;
  return typeof moment === 'string' && moment !== '' && !moment.includes('{{') ? [shown(moment)] : [];
}

function waitsOf(requester: Node): string[] {
  const handlers = [part(requester, 'error_handler') ?? {}];
  // What is added is looked at in its turn.
  for (const handler of handlers) handlers.push(...list(own(handler, 'error_handlers')).filter(isMapping));
  const strategies = handlers.flatMap(handler => list(own(handler, 'backoff_strategies'))).filter(isMapping);
  return strategies.map(strategy => shown(own(strategy, 'type'))).filter(type => !type.startsWith('Custom'));
}
