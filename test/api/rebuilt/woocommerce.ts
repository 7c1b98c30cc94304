import type { Reply, Seen } from '../strict-server.ts';
import { basicOf, checkParams, cut, expectSame, type Rebuilt, Refusal } from './rebuilt.ts';

const KEYS = { consumer_key: 'ck_1', consumer_secret: 'cs_secret' };
const API = '/wp-json/wc/v3';

const wrong = (message: string, status = 400, code = 'rest_invalid_param'): Reply => ({
  status,
  body: { code, message, data: { status } },
});
const at = (minute: number) => new Date(Date.UTC(2024, 0, 1, 0, minute)).toISOString().slice(0, 19);
const order = (id: number, minute = id) => ({
  id,
  number: String(id),
  status: 'processing',
  total: '9.90',
  date_modified_gmt: at(minute),
});
const NO_ROUTE = 'No route was found matching the URL and request method.';
const PAGED = { page: /^[1-9]\d*$/, per_page: /^([1-9]\d?|100)$/ };

/** WooCommerce: pages by number, the last by the Link header, and what was modified after a moment. */
export function woocommerce(): Rebuilt {
  const orders = Array.from({ length: 201 }, (_, index) => order(index + 1));

  const listed = (seen: Seen, all: readonly object[]): Reply => {
    const size = Number(seen.params.get('per_page') ?? 10);
    const number = Number(seen.params.get('page') ?? 1);
    const { page, next } = cut(all, (number - 1) * size, size);
    const params = new URLSearchParams([
      ...[...seen.params].filter(([name]) => name !== 'page'),
      ['page', String(number + 1)],
    ]);
    const headers = { 'X-WP-Total': String(all.length), 'X-WP-TotalPages': String(Math.ceil(all.length / size)) };
    return {
      body: page,
      headers: { ...headers, ...(next && { Link: `<${seen.origin}${seen.path}?${params}>; rel="next"` }) },
    };
  };

  const ordersOf = (seen: Seen): Reply => {
    const rules = {
      orderby: /^(date|modified|id|include|title|slug)$/,
      order: /^(asc|desc)$/,
      dates_are_gmt: /^true$/,
      modified_after: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/,
    };
    checkParams(seen, { ...PAGED, ...rules }, [], wrong);
    const after = seen.params.get('modified_after') ?? '1970-01-01T00:00:00';
    return listed(
      seen,
      orders.filter(({ date_modified_gmt }) => date_modified_gmt > after).sort((one, other) => one.id - other.id),
    );
  };

  return {
    config: { ...KEYS, shop: 'shop.acme.test', start_date: `${at(1)}Z` },
    secret: 'consumer_secret',
    refused: /401.*Consumer secret is invalid/,
    answer: seen => {
      const denied = wrong('Consumer secret is invalid.', 401, 'woocommerce_rest_authentication_error');
      expectSame(basicOf(seen), `${KEYS.consumer_key}:${KEYS.consumer_secret}`, denied);
      if (seen.path === `${API}/orders`) return ordersOf(seen);
      const id = Number(new RegExp(`^${API}/orders/(\\d+)/refunds$`).exec(seen.path)?.[1]);
      if (!orders.some(each => each.id === id)) throw new Refusal(wrong(NO_ROUTE, 404, 'rest_no_route'));
      checkParams(seen, PAGED, [], wrong);
      // An order that was deleted meanwhile has none, too.
      return listed(seen, id === 8 ? [{ id: 800, amount: '1.00', reason: '', date_created_gmt: at(1) }] : []);
    },
    busy: [
      { status: 429, headers: { 'Retry-After': '0' } },
      { status: 503, body: 'Briefly unavailable for maintenance' },
    ],
    fault: { reply: wrong('Invalid parameter(s): orderby'), message: /orders.*400.*Invalid parameter\(s\): orderby/s },
    change: () => void orders.splice(6, 1, order(7, 500)),
    first: { orders: orders.map(({ id }) => String(id)), refunds: ['800'] },
    second: { orders: ['7', '201'], refunds: ['800'] },
  };
}
