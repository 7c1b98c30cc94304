import type { Reply, Seen } from '../strict-server.ts';
import { basicOf, checkParams, cut, expectSame, type Rebuilt, Refusal } from './rebuilt.ts';

const CLIENT = { client_id: 'app', client_secret: 'xero-secret' };
const TENANT = 'e0da6937';
const BEGIN = Date.UTC(2024, 0, 1);
const SIZE = 100;

const wrong = (Message: string, status = 400): Reply => ({
  status,
  body: { ErrorNumber: 16, Type: 'QueryParseException', Message },
});

/** Xero: what has changed by a header, moments as .NET writes them, the number of pages beside the records. */
export function xero(): Rebuilt {
  const record = (id: number, minute = id) => ({ id, minute });
  const contacts = Array.from({ length: SIZE + 1 }, (_, index) => record(index + 1));
  const invoices = [record(1), record(2)];

  const grant = (seen: Seen): Reply => {
    const unknown = { status: 401, body: { error: 'invalid_client' } };
    expectSame(basicOf(seen), `${CLIENT.client_id}:${CLIENT.client_secret}`, unknown);
    const scope = 'accounting.contacts.read accounting.transactions.read';
    const given = Object.fromEntries(new URLSearchParams(seen.text));
    expectSame(given, { grant_type: 'client_credentials', scope }, { status: 400, body: { error: 'invalid_scope' } });
    return { body: { access_token: 'token', expires_in: 1800, token_type: 'Bearer' } };
  };

  const listed = (seen: Seen, name: string, all: readonly { id: number; minute: number }[]): Reply => {
    const archived = name === 'Contacts' && { includeArchived: /^(true|false)$/ };
    const rules = { page: /^[1-9]\d*$/, pageSize: /^([1-9]\d{0,2}|1000)$/, order: /^UpdatedDateUTC ASC$/, ...archived };
    checkParams(seen, rules, ['page'], wrong);
    const since = seen.headers['if-modified-since'];
    if (since && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(since))
      throw new Refusal(wrong(`If-Modified-Since ${since}`));
    const found = all
      .filter(({ minute }) => !since || BEGIN + 60_000 * minute >= Date.parse(`${since}Z`))
      .sort((one, other) => one.minute - other.minute)
      .map(({ id, minute }) => ({
        [`${name.slice(0, -1)}ID`]: String(id),
        Contact: { ContactID: '1' },
        UpdatedDateUTC: `/Date(${BEGIN + 60_000 * minute}+0000)/`,
      }));
    const size = Number(seen.params.get('pageSize') ?? 100);
    const number = Number(seen.params.get('page'));
    const { page } = cut(found, (number - 1) * size, size);
    const pagination = {
      page: number,
      pageSize: size,
      pageCount: Math.ceil(found.length / size),
      itemCount: found.length,
    };
    return { body: { Id: 'x', Status: 'OK', pagination, [name]: page } };
  };

  return {
    config: { ...CLIENT, tenant_id: TENANT, start_date: new Date(BEGIN + 60_000).toISOString() },
    secret: 'client_secret',
    refused: /401.*invalid_client/,
    answer: seen => {
      if (seen.path === '/connect/token' && seen.method === 'POST') return grant(seen);
      expectSame(seen.headers.authorization, 'Bearer token', { status: 401, body: { Title: 'Unauthorized' } });
      expectSame(seen.headers['xero-tenant-id'], TENANT, { status: 403, body: { Title: 'Forbidden' } });
      expectSame(seen.headers.accept, 'application/json', wrong('XML is the default', 406));
      if (seen.path === '/api.xro/2.0/Contacts') return listed(seen, 'Contacts', contacts);
      if (seen.path === '/api.xro/2.0/Invoices') return listed(seen, 'Invoices', invoices);
      throw new Refusal(wrong(`no ${seen.path}`, 404));
    },
    busy: [
      { status: 429, headers: { 'Retry-After': '0', 'X-Rate-Limit-Problem': 'minute' }, body: '' },
      { status: 503, body: 'The Organisation is offline' },
    ],
    fault: { reply: wrong('The order is wrong'), message: /(contacts|invoices).*400.*The order is wrong/s },
    change: () => void contacts.splice(6, 1, record(7, 5000)),
    first: { contacts: range(1, SIZE + 1), invoices: ['1', '2'] },
    second: { contacts: [String(SIZE + 1), '7'], invoices: ['2'] },
  };
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => String(from + index));
