import { type Answer, serve } from '../../test/framework/http.ts';

type Item = Readonly<Record<string, unknown>> & { readonly id: number };

/** The token that the API wants to see. */
export const TOKEN = 'demo-access-token';
const OWNERS = ['Ada', 'Grace', 'Linus'];
const START = Date.parse('2024-03-01T08:00:00Z');
const HOUR = 3_600_000;

/** A small API on this machine, as the answers in examples/demo/api.yaml describe it. */
export interface Crm {
  readonly port: string;
  /** Three deals are won: what changes between the first run and the second. */
  winDeals(): void;
  close(): Promise<void>;
}

/** Serves 230 deals and 40 contacts: bearer token, pages by cursor, and `updated_since`. */
export async function serveCrm(): Promise<Crm> {
  const deals = Array.from({ length: 230 }, (_, index) => deal(index + 1));
  const contacts = Array.from({ length: 40 }, (_, index) => contact(index + 1));
  const lists: Readonly<Record<string, readonly Item[]>> = { '/v2/deals': deals, '/v2/contacts': contacts };
  const { url, close } = await serve(({ pathname, searchParams }, { headers }) => {
    if (headers.authorization !== `Bearer ${TOKEN}`)
      return { status: 401, body: { message: 'the token is not known' } };
    const items = lists[pathname];
    return items ? page(items, searchParams) : { status: 404, body: { message: `there is no ${pathname}` } };
  });
  return {
    port: new URL(url).port,
    winDeals() {
      for (const index of [4, 58, 199])
        deals[index] = { ...deal(index + 1), won: true, updated_at: moment(240 + index) };
    },
    close,
  };
}

function page(items: readonly Item[], params: URLSearchParams): Answer {
  const since = params.get('updated_since') ?? '';
  const found = items.filter(({ updated_at: at }) => !since || String(at) >= since);
  const [start, limit] = [Number(params.get('cursor')), Number(params.get('limit') ?? 100)];
  const end = start + limit;
  return { body: { data: found.slice(start, end), meta: { next: end < found.length ? String(end) : null } } };
}

function deal(id: number): Item {
  const owner = id % OWNERS.length;
  return {
    id,
    title: `Deal ${id}`,
    amount: ((id * 37) % 1000) + 0.5,
    won: id % 5 === 0,
    owner: { id: owner, name: OWNERS[owner] },
    tags: id % 2 ? ['new'] : [],
    updated_at: moment(id),
  };
}

function contact(id: number): Item {
  return { id, name: `Contact ${id}`, email: `contact-${id}@acme.test`, created_at: moment(-id) };
}

function moment(hours: number): string {
  return new Date(START + hours * HOUR).toISOString().replace('.000', '');
}
