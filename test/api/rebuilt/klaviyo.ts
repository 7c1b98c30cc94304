import type { Reply, Seen } from '../strict-server.ts';
import { checkParams, cut, expectSame, type Rebuilt, Refusal } from './rebuilt.ts';

const KEY = 'pk_secret';
const REVISION = '2025-04-15';
const BEGIN = Date.UTC(2024, 0, 1);

const wrong = (detail: string, status = 400): Reply => ({
  status,
  body: {
    errors: [{ id: 'e1', status, code: 'invalid', title: 'Invalid input.', detail, source: { parameter: 'x' } }],
  },
});
const at = (minute: number) => new Date(BEGIN + 60_000 * minute).toISOString().replace('.000Z', '+00:00');

/** Klaviyo: JSON:API with a filter of its own words, which is strictly greater, and a cursor inside of the next address. */
export function klaviyo(): Rebuilt {
  const profile = (id: number, minute = id) => ({ id: `P${id}`, minute, joined: at(900 + id) });
  const profiles = Array.from({ length: 201 }, (_, index) => profile(index + 1));

  const paged = (seen: Seen, all: readonly object[], fallback: number, most: number): Reply => {
    const size = Number(seen.params.get('page[size]') ?? fallback);
    if (!(size >= 1 && size <= most)) throw new Refusal(wrong(`page[size] is ${size}`));
    const start = Number(Buffer.from(seen.params.get('page[cursor]') ?? 'MA', 'base64url').toString());
    const { page, next } = cut(all, start, size);
    const params = new URLSearchParams(seen.params);
    params.set('page[cursor]', Buffer.from(String(next)).toString('base64url'));
    const address = `${seen.origin}${seen.path}?${params}`;
    return { body: { data: page, links: { self: seen.origin, next: next ? address : null, prev: null } } };
  };

  const searched = (seen: Seen): Reply => {
    const rules = { filter: /^.+$/, sort: /^updated$/, 'page[size]': /^\d+$/, 'page[cursor]': /^.+$/ };
    checkParams(seen, rules, [], wrong);
    const filter = /^greater-than\(updated,(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\)$/.exec(seen.params.get('filter') ?? '');
    if (seen.params.has('filter') && !filter) throw new Refusal(wrong(`filter ${seen.params.get('filter')}`));
    const found = profiles
      .filter(({ minute }) => !filter || BEGIN + 60_000 * minute > Date.parse(filter[1] as string))
      .sort((one, other) => one.minute - other.minute)
      .map(({ id, minute }) => ({
        type: 'profile',
        id,
        attributes: { email: `${id}@acme.test`, first_name: null, created: at(0), updated: at(minute), location: {} },
        links: { self: `${seen.origin}/api/profiles/${id}` },
      }));
    return paged(seen, found, 20, 100);
  };

  const members = (seen: Seen, list: string): Reply => {
    checkParams(seen, { 'page[size]': /^\d+$/, 'page[cursor]': /^.+$/, 'fields[profile]': /^email$/ }, [], wrong);
    const all = list === 'L1' ? profiles.slice(0, 101) : profiles.slice(0, 1);
    return paged(
      seen,
      all.map(({ id, joined }) => ({ type: 'profile', id, attributes: { email: 'x', joined_group_at: joined } })),
      20,
      100,
    );
  };

  return {
    config: { api_key: KEY, start_date: at(100) },
    secret: 'api_key',
    refused: /401.*API key/,
    answer: seen => {
      const { authorization, revision } = seen.headers;
      expectSame(authorization, `Klaviyo-API-Key ${KEY}`, wrong('Missing or invalid API key.', 401));
      expectSame(revision, REVISION, wrong(`The revision ${revision} is unknown`));
      if (seen.path === '/api/profiles') return searched(seen);
      const [, list] = /^\/api\/lists\/(\w+)\/profiles$/.exec(seen.path) ?? [];
      if (list) return members(seen, list);
      if (seen.path !== '/api/lists') throw new Refusal(wrong(`no ${seen.path}`, 404));
      checkParams(seen, { 'page[cursor]': /^.+$/ }, [], wrong);
      const lists = Array.from({ length: 11 }, (_, index) => ({
        type: 'list',
        id: `L${index + 1}`,
        attributes: { name: 'List', created: at(0), updated: at(0) },
      }));
      return paged(seen, lists, 10, 10);
    },
    busy: [
      { status: 429, headers: { 'Retry-After': '0' }, body: { errors: [{ code: 'throttled', detail: 'throttled' }] } },
      { status: 503 },
    ],
    fault: { reply: wrong('The filter is not allowed'), message: /profiles.*400.*The filter is not allowed/s },
    change: () => void profiles.splice(6, 1, profile(7, 500)),
    first: { profiles: range(100, 201), lists: LISTS, list_profiles: MEMBERS },
    second: { profiles: ['P201', 'P7'], lists: LISTS, list_profiles: MEMBERS },
  };
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => `P${from + index}`);
const LISTS = Array.from({ length: 11 }, (_, index) => `L${index + 1}`);
const MEMBERS = [...range(1, 101).map(id => `L1/${id}`), ...LISTS.slice(1).map(list => `${list}/P1`)];
