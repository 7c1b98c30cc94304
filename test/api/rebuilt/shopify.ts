import type { Reply, Seen } from '../strict-server.ts';
import { checkParams, cut, expectSame, type Rebuilt, Refusal } from './rebuilt.ts';

const TOKEN = 'shpat_secret';
const SIZE = 250;
const API = '/admin/api/2026-07';

const wrong = (errors: unknown, status = 400): Reply => ({ status, body: { errors } });
const at = (minute: number) => new Date(Date.UTC(2024, 0, 1, 5, minute)).toISOString().replace('.000Z', '-00:00');
const order = (id: number, minute = id) => ({ id, name: `#${id}`, total_price: '1.50', updated_at: at(minute) });

/** Shopify: pages by the Link header, whose page_info takes nothing beside it but the limit. */
export function shopify(): Rebuilt {
  const orders = Array.from({ length: 2 * SIZE + 1 }, (_, index) => order(index + 1));

  const list = (seen: Seen): Reply => {
    const limit = /^([1-9]\d?|1\d\d|2[0-4]\d|250)$/;
    const first = {
      limit,
      status: /^(open|closed|cancelled|any)$/,
      order: /^updated_at asc$/,
      updated_at_min: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[-+]\d\d:\d\d)$/,
    };
    const isFirst = !seen.params.has('page_info');
    const beside = (what: string) => {
      const [name = ''] = what.split('=');
      return wrong({ [name]: `${name} cannot be passed when page_info is present.` });
    };
    checkParams(seen, isFirst ? first : { limit, page_info: /^\w+$/ }, [], isFirst ? wrong : beside);
    const info = seen.params.get('page_info');
    const [since, start] = info
      ? JSON.parse(Buffer.from(info, 'hex').toString())
      : [seen.params.get('updated_at_min') ?? '1970-01-01T00:00:00Z', 0];
    const found = orders
      .filter(({ updated_at }) => Date.parse(updated_at) >= Date.parse(since))
      .sort((one, other) => Date.parse(one.updated_at) - Date.parse(other.updated_at));
    const size = Number(seen.params.get('limit') ?? 50);
    const { page, next } = cut(found, start, size);
    const link = (position: number, rel: string) =>
      `<${seen.origin}${seen.path}?page_info=${Buffer.from(JSON.stringify([since, position])).toString('hex')}&limit=${size}>; rel="${rel}"`;
    const links = [
      ...(isFirst ? [] : [link(Math.max(0, start - size), 'previous')]),
      ...(next ? [link(next, 'next')] : []),
    ];
    return { body: { orders: page }, headers: links.length > 0 ? { Link: links.join(', ') } : {} };
  };

  return {
    config: { api_key: TOKEN, shop: 'acme', start_date: new Date(Date.UTC(2024, 0, 1, 5, 1)).toISOString() },
    secret: 'api_key',
    refused: /401.*Invalid API key/,
    answer: seen => {
      expectSame(
        seen.headers['x-shopify-access-token'],
        TOKEN,
        wrong('[API] Invalid API key or access token (unrecognized login or wrong password)', 401),
      );
      if (seen.path === `${API}/orders.json`) return list(seen);
      const id = Number(new RegExp(`^${API}/orders/(\\d+)/transactions\\.json$`).exec(seen.path)?.[1]);
      if (!orders.some(each => each.id === id)) throw new Refusal(wrong('Not Found', 404));
      checkParams(seen, { since_id: /^\d+$/, fields: /^[\w,]+$/, in_shop_currency: /^(true|false)$/ }, [], wrong);
      return { body: { transactions: id % 100 === 0 ? [{ id: 1000 + id, kind: 'sale', amount: '1.50' }] : [] } };
    },
    busy: [
      { status: 429, headers: { 'Retry-After': '1.0' }, body: { errors: 'Exceeded 2 calls per second' } },
      { status: 502 },
    ],
    fault: { reply: wrong('order: is invalid', 422), message: /orders.*422.*order: is invalid/s },
    change: () => void orders.splice(6, 1, order(7, 5000)),
    first: { orders: orders.map(({ id }) => String(id)), transactions: SALES },
    second: { orders: [String(2 * SIZE + 1), '7'], transactions: SALES },
  };
}

const SALES = ['1100', '1200', '1300', '1400', '1500'];
