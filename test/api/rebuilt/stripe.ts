import type { Reply, Seen } from '../strict-server.ts';
import { checkParams, cut, expectSame, type Rebuilt, Refusal } from './rebuilt.ts';

const TOKEN = 'sk_test_secret';
const BEGIN = Date.UTC(2024, 0, 1) / 1000;

const wrong = (message: string, status = 400, code?: string): Reply => ({
  status,
  body: { error: { type: 'invalid_request_error', message, ...(code && { code }) } },
});
const charge = (index: number) => ({
  ...{ id: `ch_${index}`, object: 'charge', amount: 100, currency: 'eur', status: 'succeeded' },
  created: BEGIN + 60 * index,
});
const customer = (index: number) => ({ id: `cus_${index}`, object: 'customer', email: null, created: BEGIN });
const method = (id: string, owner: string) => ({ id, object: 'payment_method', type: 'card', customer: owner });

const ID = /^\w+$/;
const PAGED = { limit: /^([1-9]\d?|100)$/, starting_after: ID, ending_before: ID };
const CREATED = Object.fromEntries(['gt', 'gte', 'lt', 'lte'].map(name => [`created[${name}]`, /^\d{10}$/]));

/** Stripe: from the newest on, pages after the record that is named, which has to be there. */
export function stripe(): Rebuilt {
  const charges = Array.from({ length: 201 }, (_, index) => charge(201 - index));
  const customers = Array.from({ length: 101 }, (_, index) => customer(101 - index));
  const methods: Record<string, ReturnType<typeof method>[]> = {
    cus_2: [method('pm_1', 'cus_2')],
    cus_101: Array.from({ length: 101 }, (_, index) => method(`pm_1${index}`, 'cus_101')),
  };

  const listed = (seen: Seen, all: readonly { readonly id: string }[]): Reply => {
    const after = seen.params.get('starting_after');
    const place = all.findIndex(({ id }) => id === after);
    if (after && place < 0) throw new Refusal(wrong(`No such object: '${after}'`, 400, 'resource_missing'));
    const { page, next } = cut(all, place + 1, Number(seen.params.get('limit') ?? 10));
    return { body: { object: 'list', url: seen.path, has_more: next !== undefined, data: page } };
  };

  const chargesOf = (seen: Seen): Reply => {
    checkParams(seen, { ...PAGED, ...CREATED, customer: ID }, [], unknown);
    const since = Number(seen.params.get('created[gte]') ?? 0);
    return listed(
      seen,
      charges.filter(({ created }) => created >= since),
    );
  };

  return {
    config: { access_token: TOKEN, start_date: new Date((BEGIN + 120) * 1000).toISOString() },
    secret: 'access_token',
    refused: /401.*Invalid API Key provided/,
    answer: seen => {
      expectSame(seen.headers.authorization, `Bearer ${TOKEN}`, wrong('Invalid API Key provided: sk_***', 401));
      expectSame(seen.method, 'GET', wrong(`Unrecognized request URL (${seen.method}: ${seen.path})`, 404));
      if (seen.path === '/v1/charges') return chargesOf(seen);
      if (seen.path === '/v1/customers') {
        checkParams(seen, { ...PAGED, ...CREATED, email: /@/ }, [], unknown);
        return listed(seen, customers);
      }
      const [, owner = ''] = /^\/v1\/customers\/(\w+)\/payment_methods$/.exec(seen.path) ?? [];
      if (!customers.some(({ id }) => id === owner)) throw new Refusal(wrong(`Unrecognized request URL`, 404));
      checkParams(seen, { ...PAGED, type: /^\w+$/ }, [], unknown);
      return listed(seen, methods[owner] ?? []);
    },
    busy: [
      wrong('Request rate limit exceeded', 429, 'rate_limit'),
      { status: 500, body: { error: { type: 'api_error' } } },
    ],
    fault: { reply: wrong('This account is closed', 403), message: /customers.*403.*This account is closed/s },
    change: () => charges.unshift(charge(202)),
    first: { charges: down('ch', 201, 2), customers: down('cus', 101, 1), payment_methods: METHODS },
    second: { charges: ['ch_202', 'ch_201'], customers: down('cus', 101, 1), payment_methods: METHODS },
  };
}

const unknown = (what: string) => wrong(`Received unknown parameter: ${what}`, 400, 'parameter_unknown');
const down = (name: string, from: number, to: number) =>
  Array.from({ length: from - to + 1 }, (_, index) => `${name}_${from - index}`);
const METHODS = [...Array.from({ length: 101 }, (_, index) => `pm_1${index}`), 'pm_1'];
