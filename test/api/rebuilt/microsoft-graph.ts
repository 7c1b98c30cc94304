import type { Reply, Seen } from '../strict-server.ts';
import { checkParams, cut, expectSame, type Rebuilt, Refusal } from './rebuilt.ts';

const CLIENT = { client_id: 'graph-client', client_secret: 'graph-secret' };
const TOKEN = 'eyJ-token';

const wrong = (message: string, status = 400, code = 'BadRequest'): Reply => ({
  status,
  body: { error: { code, message } },
});
const at = (minute: number) => new Date(Date.UTC(2024, 0, 1, 0, minute)).toISOString().replace('.000Z', 'Z');
const message = (id: string, minute: number) => ({ id, subject: 's', isRead: true, lastModifiedDateTime: at(minute) });

/** Microsoft Graph: OData's own parameters alone, and the next page by an address that has them all, which users have by a token. */
export function microsoftGraph(): Rebuilt {
  const users = Array.from({ length: 101 }, (_, index) => ({ id: `u${index}`, displayName: 'Ada', mail: null }));
  const messages: Record<string, ReturnType<typeof message>[]> = {
    u0: Array.from({ length: 201 }, (_, index) => message(`a${index}`, index)),
    u100: [message('b5', 5)],
  };

  const listed = (seen: Seen, all: readonly object[], by: string, size: number): Reply => {
    const start = Number(seen.params.get(by)?.slice(by === '$skip' ? 0 : TOKENS.length) ?? 0);
    const { page, next } = cut(all, start, Number(seen.params.get('$top') ?? size));
    const params = new URLSearchParams([
      ...[...seen.params].filter(([name]) => name !== by),
      [by, by === '$skip' ? String(next) : `${TOKENS}${next}`],
    ]);
    const more = next ? { '@odata.nextLink': `${seen.origin}${seen.path}?${params}` } : {};
    const value = page.map(each => ({ '@odata.etag': 'W/"x"', ...each }));
    return { body: { '@odata.context': 'https://x.test/$metadata', ...more, value } };
  };

  const messagesOf = (seen: Seen, user: string): Reply => {
    const rules = {
      $filter: /^lastModifiedDateTime ge \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
      $orderby: /^lastModifiedDateTime$/,
    };
    checkParams(seen, { ...ODATA, $skip: /^\d+$/, $top: /^([1-9]\d{0,2}|1000)$/, ...rules }, [], wrong);
    // What is sorted by has to be filtered by.
    if (seen.params.has('$orderby') && !seen.params.has('$filter'))
      throw new Refusal(
        wrong('The restriction or sort order is too complex for this operation.', 400, 'InefficientFilter'),
      );
    // A mailbox that isn't there.
    if (user === 'u1')
      return wrong(
        'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
        404,
        'MailboxNotEnabledForRESTAPI',
      );
    const since = Date.parse(seen.params.get('$filter')?.split(' ').at(-1) ?? '1970-01-01');
    const found = (messages[user] ?? []).filter(each => Date.parse(each.lastModifiedDateTime) >= since);
    return listed(
      seen,
      found.sort((one, other) => one.lastModifiedDateTime.localeCompare(other.lastModifiedDateTime)),
      '$skip',
      10,
    );
  };

  return {
    config: { ...CLIENT, tenant: 'acme.test', start_date: at(1) },
    secret: 'client_secret',
    refused: /invalid_client/,
    answer: seen => {
      if (seen.path === '/acme.test/oauth2/v2.0/token') {
        const { scope = '', ...given } = Object.fromEntries(new URLSearchParams(seen.text));
        const failed = {
          status: 401,
          body: { error: 'invalid_client', error_description: 'Invalid client secret provided.' },
        };
        expectSame(
          [given, scope.endsWith('/.default')],
          [{ grant_type: 'client_credentials', ...CLIENT }, true],
          failed,
        );
        return { body: { token_type: 'Bearer', expires_in: 3599, access_token: TOKEN } };
      }
      expectSame(
        seen.headers.authorization,
        `Bearer ${TOKEN}`,
        wrong('Access token is empty.', 401, 'InvalidAuthenticationToken'),
      );
      if (seen.path === '/v1.0/users') {
        checkParams(seen, { ...ODATA, $skiptoken: /^RFNwdA\d+$/, $top: /^([1-9]\d{0,2})$/ }, [], wrong);
        return listed(seen, users, '$skiptoken', 100);
      }
      const [, user] = /^\/v1\.0\/users\/(\w+)\/messages$/.exec(seen.path) ?? [];
      if (!user) throw new Refusal(wrong(`Resource not found for the segment ${seen.path}`));
      return messagesOf(seen, user);
    },
    busy: [
      { ...wrong('Please retry again later.', 429, 'TooManyRequests'), headers: { 'Retry-After': '0' } },
      { status: 504 },
    ],
    fault: { reply: wrong('Invalid filter clause'), message: /users.*400.*Invalid filter clause/s },
    change: () => void messages.u0?.splice(7, 1, message('a7', 500)),
    first: {
      users: users.map(({ id }) => id),
      messages: [...(messages.u0 ?? []), ...(messages.u100 ?? [])].map(({ id }) => id).slice(1),
    },
    second: { users: users.map(({ id }) => id), messages: ['a200', 'a7', 'b5'] },
  };
}

const ODATA = { $select: /^[\w,]+$/ };
/** What a token of the next page begins with. */
const TOKENS = 'RFNwdA';
