import type { Reply, Seen } from '../strict-server.ts';
import { basicOf, checkParams, cut, expectSame, type Rebuilt, Refusal } from './rebuilt.ts';

const USER = { email: 'ada@acme.test', api_token: 'ATATT-secret' };
/** The time zone of the user, which queries are read in. */
const ZONE = '-05:00';

const wrong = (message: string, status = 400): Reply => ({ status, body: { errorMessages: [message], errors: {} } });
const at = (minute: number) => Date.UTC(2024, 0, 2, 0, minute);
const said = (moment: number) => new Date(moment).toISOString().replace('Z', '+0000');

/** Jira: a query in a text, with minutes in the time zone of the user; the last page says isLast and has no token. */
export function jira(): Rebuilt {
  const updated = new Map(Array.from({ length: 201 }, (_, index) => [String(index + 1), at(index + 1)]));

  const search = (seen: Seen): Reply => {
    const rules = { jql: /^.+$/, fields: /^[\w,]+$/, maxResults: /^\d+$/, nextPageToken: /^token-\d+$/ };
    checkParams(seen, rules, ['jql'], wrong);
    const { jql, fields = 'id', maxResults, nextPageToken } = Object.fromEntries(seen.params);
    const [, day, time] =
      /^project = 10000 AND updated >= "([\d-]{10}) ([\d:]{5})" ORDER BY updated ASC$/.exec(String(jql)) ?? [];
    if (!day) throw new Refusal(wrong(`JQL that isn't understood or is unbounded: ${jql}`));
    const since = Date.parse(`${day}T${time}:00${ZONE}`);
    const found = [...updated].filter(([, moment]) => moment >= since).sort(([, one], [, other]) => one - other);
    const start = Number(nextPageToken?.slice('token-'.length) ?? 0);
    const { page, next } = cut(found, start, Math.min(Number(maxResults ?? 50), 100));
    const issues = page.map(([id, moment]) => {
      const all: Record<string, unknown> = {
        summary: `Issue ${id}`,
        status: { name: 'Done', id: '3' },
        assignee: id === '201' ? null : { accountId: '5b10', displayName: 'Ada' },
        created: said(at(0)),
        updated: said(moment),
      };
      return {
        expand: '',
        id,
        self: `https://acme.test/${id}`,
        key: `ACME-${id}`,
        fields: pick(all, fields.split(',')),
      };
    });
    return { body: { issues, isLast: !next, ...(next && { nextPageToken: `token-${next}` }) } };
  };

  const projects = (seen: Seen): Reply => {
    checkParams(seen, { startAt: /^\d+$/, maxResults: /^([1-9]\d?|100)$/, orderBy: /^[-+]?(key|name)$/ }, [], wrong);
    const [startAt, maxResults] = [
      Number(seen.params.get('startAt') ?? 0),
      Number(seen.params.get('maxResults') ?? 50),
    ];
    const values = [{ expand: '', self: 'https://acme.test/10000', id: '10000', key: 'ACME', avatarUrls: {} }];
    return { body: { startAt, maxResults, total: 1, isLast: true, values: cut(values, startAt, maxResults).page } };
  };

  return {
    config: { ...USER, site: 'acme', start_date: new Date(at(200)).toISOString() },
    secret: 'api_token',
    refused: /401.*authenticated/,
    answer: seen => {
      expectSame(basicOf(seen), `${USER.email}:${USER.api_token}`, wrong('Client must be authenticated', 401));
      expectSame(seen.method, 'GET', wrong('not so', 405));
      if (seen.path === '/rest/api/3/search/jql') return search(seen);
      if (seen.path === '/rest/api/3/project/search') return projects(seen);
      throw new Refusal(wrong(`no ${seen.path}`, 404));
    },
    busy: [{ status: 429, headers: { 'Retry-After': '0' } }, { status: 503 }],
    fault: {
      reply: wrong("The value 'x' does not exist for the field 'updated'."),
      message: /projects.*400.*does not exist/s,
    },
    change: () => void updated.set('7', at(500)),
    // The query goes back 14 hours, since the connector doesn't know the zone of the user.
    first: { projects: ['10000'], issues: range(1, 201) },
    second: { projects: ['10000'], issues: [...range(1, 6), ...range(8, 201), '7'] },
  };
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => String(from + index));
const pick = (all: Record<string, unknown>, names: readonly string[]) =>
  Object.fromEntries(names.map(name => [name, all[name]]));
