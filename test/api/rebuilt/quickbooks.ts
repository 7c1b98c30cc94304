import { join } from 'node:path';
import { temporaryFolder } from '../../support/generate.ts';
import type { Reply, Seen } from '../strict-server.ts';
import { basicOf, checkParams, cut, expectSame, type Rebuilt, Refusal } from './rebuilt.ts';

const CLIENT = { client_id: 'app', client_secret: 'quickbooks-secret' };
const REALM = '4620816365';
const BEGIN = Date.UTC(2024, 0, 1);
const MOST = 1000;

const wrong = (message: string, status = 400): Reply => ({
  status,
  body: {
    Fault: { Error: [{ Message: 'Error parsing query', Detail: message, code: '4000' }], type: 'ValidationFault' },
  },
});
const at = (minute: number) =>
  new Date(BEGIN + 60_000 * minute - 8 * 3600_000).toISOString().replace('.000Z', '-08:00');

/** QuickBooks: a query whose first position is 1, no list where there is nothing, a refresh token that changes. */
export function quickbooks(): Rebuilt {
  const entity = (id: number, minute = id) => ({ id, minute });
  const entities = { Customer: [], Invoice: [] } as Record<string, { id: number; minute: number }[]>;
  entities.Customer = Array.from({ length: MOST + 1 }, (_, index) => entity(index + 1));
  entities.Invoice = [];
  let token = 0;

  const grant = (seen: Seen): Reply => {
    const unknown = { status: 401, body: { error: 'invalid_client' } };
    expectSame(basicOf(seen), `${CLIENT.client_id}:${CLIENT.client_secret}`, unknown);
    const given = Object.fromEntries(new URLSearchParams(seen.text));
    const wanted = { grant_type: 'refresh_token', refresh_token: `refresh-${token}` };
    expectSame(given, wanted, { status: 400, body: { error: 'invalid_grant' } });
    token += 1;
    return {
      body: {
        ...{ token_type: 'bearer', expires_in: 3600, access_token: `access-${token}` },
        ...{ refresh_token: `refresh-${token}`, x_refresh_token_expires_in: 8726400 },
      },
    };
  };

  const QUERY =
    /^select \* from (Customer|Invoice) where Metadata\.LastUpdatedTime >= '(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)' orderby Metadata\.LastUpdatedTime startposition (\d+) maxresults (\d+)$/;

  const query = (seen: Seen): Reply => {
    checkParams(seen, { query: /^.+$/, minorversion: /^75$/ }, ['query'], wrong);
    const [, name = '', since = '', start, most] = QUERY.exec(seen.params.get('query') ?? '') ?? [];
    if (!name || Number(start) < 1 || !(Number(most) <= MOST)) throw new Refusal(wrong(`${seen.params.get('query')}`));
    const found = (entities[name] ?? [])
      .filter(({ minute }) => BEGIN + 60_000 * minute >= Date.parse(since))
      .sort((one, other) => one.minute - other.minute)
      .map(({ id, minute }) => ({
        ...{ Id: String(id), DisplayName: `C${id}`, Active: true, Balance: 12.5, sparse: false },
        MetaData: { CreateTime: at(0), LastUpdatedTime: at(minute) },
      }));
    const { page } = cut(found, Number(start) - 1, Number(most));
    const list = page.length > 0 && { [name]: page, startPosition: Number(start), maxResults: page.length };
    return { body: { QueryResponse: list || {}, time: at(0) } };
  };

  return {
    config: {
      ...CLIENT,
      realm_id: REALM,
      refresh_token: 'refresh-0',
      token_file: join(temporaryFolder(), 'token.json'),
      start_date: new Date(BEGIN + 60_000).toISOString(),
    },
    secret: 'client_secret',
    refused: /401.*invalid_client/,
    answer: seen => {
      if (seen.path === '/oauth2/v1/tokens/bearer' && seen.method === 'POST') return grant(seen);
      const unknown = { status: 401, body: { Fault: { Error: [{ Message: 'AuthenticationFailed' }] } } };
      expectSame(seen.headers.authorization, `Bearer access-${token}`, unknown);
      if (seen.path !== `/v3/company/${REALM}/query`) throw new Refusal(wrong(`no ${seen.path}`, 404));
      return query(seen);
    },
    busy: [
      { status: 429, headers: { 'Retry-After': '0' }, body: { Fault: { Error: [{ Message: 'ThrottleExceeded' }] } } },
      { status: 503 },
    ],
    fault: { reply: wrong('QueryParserError'), message: /(customers|invoices).*400.*QueryParserError/s },
    change: () => {
      entities.Customer?.splice(6, 1, entity(7, 5000));
      entities.Invoice?.push(entity(1, 5001));
    },
    first: { customers: Array.from({ length: MOST + 1 }, (_, index) => String(index + 1)), invoices: [] },
    second: { customers: [String(MOST + 1), '7'], invoices: ['1'] },
  };
}
