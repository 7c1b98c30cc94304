import type { Reply, Seen } from '../strict-server.ts';
import { checkParams, cut, type Rebuilt, Refusal } from './rebuilt.ts';

const TOKEN = 'xoxb-secret';
const BEGIN = Date.UTC(2024, 0, 1) / 1000;

const failed = (error: string): Reply => ({ body: { ok: false, error } });
const message = (minute: number) => ({
  type: 'message',
  user: 'U1',
  text: `m${minute}`,
  ts: `${BEGIN + 60 * minute}.000200`,
});

/** Slack: failures with status 200, an empty cursor at the end, messages from the newest on and after `oldest`. */
export function slack(): Rebuilt {
  const channels = ['C1', 'C2', 'C3'];
  const messages: Record<string, ReturnType<typeof message>[]> = {
    C1: Array.from({ length: 401 }, (_, index) => message(index)).reverse(),
    C2: [message(3), message(2)],
  };
  const listed = (name: string, all: readonly object[], { params }: Seen): Reply => {
    const cursor = params.get('cursor');
    const { page, next } = cut(all, cursor ? Number(cursor.slice(1)) : 0, Number(params.get('limit') ?? 100));
    return { body: { ok: true, [name]: page, response_metadata: { next_cursor: next ? `c${next}` : '' } } };
  };
  const PAGED = { cursor: /^c\d+$/, limit: /^([1-9]\d?\d?)$/ };
  const refuse = () => failed('invalid_arguments');

  return {
    config: { access_token: TOKEN, start_date: new Date((BEGIN + 60) * 1000).toISOString() },
    secret: 'access_token',
    refused: /invalid_auth/,
    answer: seen => {
      if (seen.headers.authorization !== `Bearer ${TOKEN}`) throw new Refusal(failed('invalid_auth'));
      if (seen.path === '/api/conversations.list') {
        checkParams(seen, { ...PAGED, types: /^public_channel$/, exclude_archived: /^true$/ }, [], refuse);
        return listed(
          'channels',
          channels.map(id => ({ id, name: id.toLowerCase(), created: BEGIN })),
          seen,
        );
      }
      if (seen.path !== '/api/conversations.history') throw new Refusal(failed('unknown_method'));
      const time = /^\d{10}(\.\d{6})?$/;
      checkParams(seen, { ...PAGED, channel: /^C\d$/, oldest: time, latest: time }, ['channel'], refuse);
      const found = messages[String(seen.params.get('channel'))];
      if (!found) return failed('not_in_channel');
      return listed(
        'messages',
        found.filter(({ ts }) => Number(ts) > Number(seen.params.get('oldest') ?? 0)),
        seen,
      );
    },
    busy: [
      { status: 429, headers: { 'Retry-After': '0' }, body: { ok: false, error: 'ratelimited' } },
      { status: 503, body: { ok: false, error: 'service_unavailable' } },
    ],
    fault: { reply: failed('missing_scope'), message: /channels.*missing_scope/s },
    change: () => messages.C2?.unshift(message(9)),
    first: { channels, messages: [...times('C1', 400, 1), ...times('C2', 3, 2)] },
    second: { channels, messages: [...times('C1', 400, 400), ...times('C2', 9, 9), ...times('C2', 3, 3)] },
  };
}

/** From the newest on. */
const times = (channel: string, from: number, to: number) =>
  Array.from({ length: from - to + 1 }, (_, index) => `${channel}/${BEGIN + 60 * (from - index)}.000200`);
