import type { Reply, Seen } from '../strict-server.ts';
import { basicOf, checkParams, cut, expectSame, type Rebuilt, Refusal } from './rebuilt.ts';

const USER = { email: 'ada@acme.test', api_token: 'zendesk-secret' };
const BEGIN = Date.UTC(2024, 0, 1) / 1000;
/** What stands for the 1,000 tickets of its pages, each of which has a request for its comments. */
const SIZE = 10;

const wrong = (description: string, status = 400): Reply => ({ status, body: { error: 'InvalidValue', description } });

const UNKNOWN: Reply = { status: 401, body: { error: "Couldn't authenticate you" } };

/** Zendesk: an export that has a cursor at its end, too, and takes it or a time; lists by page[size] and page[after]. */
export function zendesk(): Rebuilt {
  const ticket = (id: number, minute = id) => ({
    id,
    subject: `Ticket ${id}`,
    status: id === 3 ? 'deleted' : 'open',
    generated_timestamp: BEGIN + 60 * minute,
  });
  const tickets = Array.from({ length: SIZE + 2 }, (_, index) => ticket(index + 1));

  const exported = (seen: Seen): Reply => {
    checkParams(seen, { start_time: /^\d{10}$/, cursor: /^\d+-\d+$/, per_page: /^1000$/ }, [], wrong);
    const { start_time, cursor } = Object.fromEntries(seen.params);
    if ((start_time === undefined) === (cursor === undefined)) throw new Refusal(wrong('start_time or cursor'));
    if (Number(start_time) > Date.now() / 1000 - 60) throw new Refusal(wrong('start_time is too recent'));
    const [since, start] = (cursor ?? `${start_time}-0`).split('-').map(Number) as [number, number];
    const found = tickets
      .filter(each => each.generated_timestamp >= since)
      .sort((one, other) => one.generated_timestamp - other.generated_timestamp);
    const { page, next } = cut(found, start, SIZE);
    const after_cursor = `${since}-${next ?? found.length}`;
    const after_url = `${seen.origin}${seen.path}?cursor=${after_cursor}`;
    return { body: { tickets: page, after_url, after_cursor, before_cursor: null, end_of_stream: !next } };
  };

  const listed = (seen: Seen, name: string, all: readonly object[]): Reply => {
    checkParams(seen, { 'page[size]': /^([1-9]\d?|100)$/, 'page[after]': /^\d+$/ }, ['page[size]'], wrong);
    const start = Number(seen.params.get('page[after]') ?? 0);
    const { page, next } = cut(all, start, Number(seen.params.get('page[size]')));
    return { body: { [name]: page, meta: { has_more: next !== undefined, after_cursor: String(next ?? all.length) } } };
  };
  const comment = (id: number) => ({ id, body: 'x', public: true });
  const comments: Record<string, ReturnType<typeof comment>[]> = {
    1: Array.from({ length: 101 }, (_, index) => comment(index)),
    7: [comment(700)],
  };

  return {
    config: { ...USER, subdomain: 'acme', start_date: new Date((BEGIN + 60) * 1000).toISOString() },
    secret: 'api_token',
    refused: /401.*authenticate/,
    answer: seen => {
      expectSame(basicOf(seen), `${USER.email}/token:${USER.api_token}`, UNKNOWN);
      if (seen.path === '/api/v2/incremental/tickets/cursor.json') return exported(seen);
      const [, id] = /^\/api\/v2\/tickets\/(\d+)\/comments\.json$/.exec(seen.path) ?? [];
      if (!tickets.some(each => String(each.id) === id)) throw new Refusal(wrong(`no ${seen.path}`, 404));
      // One that was deleted, whose comments are gone with it.
      if (id === '3') return { status: 404, body: { error: 'RecordNotFound', description: 'Not found' } };
      return listed(seen, 'comments', comments[id ?? ''] ?? []);
    },
    busy: [{ status: 429, headers: { 'Retry-After': '0' }, body: 'Too Many Requests' }, { status: 503 }],
    fault: { reply: wrong('start_time is wrong'), message: /tickets.*400.*InvalidValue/s },
    change: () => {
      tickets.splice(6, 1, ticket(7, 5000));
      comments[7]?.push(comment(701));
    },
    first: { tickets: range(1, SIZE + 2), comments: [...range(0, 100), '700'] },
    second: { tickets: [String(SIZE + 2), '7'], comments: ['700', '701'] },
  };
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => String(from + index));
