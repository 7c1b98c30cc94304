import { serve, type TestServer } from '../framework/http.ts';

export const TOKEN = 'a-token-of-some-length';

export interface Deal {
  readonly id: number;
  readonly title: string;
  readonly amount: number | null;
  readonly won: boolean;
  readonly owner: unknown;
  readonly tags: readonly string[];
  readonly updated_at: string | null;
}

/** Deals that changed minute by minute. */
export function deals(count: number, first = 1): Deal[] {
  return Array.from({ length: count }, (_, index) => ({
    id: first + index,
    title: `Deal ${first + index}`,
    amount: index * 1.5,
    won: index % 2 === 0,
    owner: { id: 7, name: 'Ada' },
    tags: ['a'],
    updated_at: new Date(Date.UTC(2024, 0, 1, 0, first + index)).toISOString().replace('.000Z', 'Z'),
  }));
}

/**
 * An API as examples/api.yaml describes it, and strict: a wrong token is 401, a parameter it doesn't know is 400, and
 * its cursors are good for the next page only.
 */
export async function serveAcme(data: { deals: readonly Deal[]; contacts?: readonly object[] }): Promise<TestServer> {
  return serve((url, { headers }) => {
    if (headers.authorization !== `Bearer ${TOKEN}`)
      return { status: 401, body: { message: 'The token is not valid' } };
    const known = ['expand', 'limit', 'cursor', 'updated_since'];
    const unknown = [...url.searchParams.keys()].find(name => !known.includes(name));
    if (unknown) return { status: 400, body: { message: `unknown parameter ${unknown}` } };
    if (url.pathname === '/v2/deals') return page(newer(data.deals, url.searchParams.get('updated_since')), url);
    if (url.pathname === '/v2/contacts') return page(data.contacts ?? [], url);
    return { status: 404, body: { message: 'no such thing' } };
  });
}

function newer(all: readonly Deal[], since: string | null): readonly Deal[] {
  return since === null ? all : all.filter(({ updated_at }) => updated_at === null || updated_at >= since);
}

function page(all: readonly object[], url: URL): { body: unknown } {
  const start = Number(url.searchParams.get('cursor')?.replace('c', '') ?? 0);
  const size = Number(url.searchParams.get('limit'));
  const next = start + size < all.length ? `c${start + size}` : null;
  return { body: { data: all.slice(start, start + size), meta: { next } } };
}
