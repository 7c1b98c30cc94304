import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { auth } from '../../src/kinds/api/auth/answers.ts';
import { pagination } from '../../src/kinds/api/pagination/answers.ts';
import { type Catalog, type Choice, selectAll } from '../framework/catalog.ts';
import { type Checkout, workspaceCheckout } from '../framework/checkout.ts';
import { Connector } from '../framework/connector.ts';
import type { Message, Outcome } from '../framework/output.ts';
import { type Generated, generate, temporaryFolder } from '../support/generate.ts';
import { CREDENTIALS } from './strict-auth.ts';
import { type Resource, StrictApi, type StrictOptions } from './strict-server.ts';

export const SCHEMA = { properties: { id: 'integer', name: 'string', updated_at: 'date-time' } };

export interface Item extends Record<string, unknown> {
  readonly id: number;
  readonly name: string;
  readonly updated_at: string | number | null;
}

/** Records that changed minute by minute. */
export function items(count: number, first = 1): Item[] {
  return Array.from({ length: count }, (_, index) => ({
    id: first + index,
    name: `Item ${first + index}`,
    updated_at: new Date(Date.UTC(2024, 0, 1, 0, first + index)).toISOString().replace('.000Z', 'Z'),
  }));
}

let checkout: Checkout | undefined;
let made = 0;

/** A generated connector; its waits are shortened in the written file, since a test has no minutes. */
export async function connectorOf(answers: object, timeout?: string): Promise<Built> {
  checkout ??= workspaceCheckout(join(temporaryFolder(), 'mage-ai'));
  made += 1;
  const generated = await generate(
    'api',
    { name: `Acme ${made}`, base_url: 'http://127.0.0.1:{port}', ...answers },
    { cwd: checkout.root },
  );
  edit(generated, 'client.py', text => {
    const waits = text.replace(/^BACKOFF = 1$/m, 'BACKOFF = 0.01');
    return timeout ? waits.replace(/^TIMEOUT = .*$/m, `TIMEOUT = ${timeout}`) : waits;
  });
  return { checkout, generated, connector: new Connector({ checkout, folder: generated.folder }) };
}

export interface Built {
  readonly checkout: Checkout;
  readonly generated: Generated;
  readonly connector: Connector;
}

/** Changes a generated file; throws where the change finds nothing to change. */
export function edit({ folder }: Generated, path: string, change: (text: string) => string): void {
  const before = readFileSync(join(folder, path), 'utf8');
  const after = change(before);
  if (before === after) throw new Error(`${path} has nothing to change`);
  writeFileSync(join(folder, path), after);
}

export interface Session extends Built {
  readonly api: StrictApi;
  /** The connector, configured for the API. */
  over(config?: object): Connector;
  run(options?: {
    state?: unknown;
    config?: object;
    query?: Record<string, unknown>;
    choice?: Choice;
  }): Promise<Outcome>;
}

/** A stream beside the one that is tested, such as its parent, and what the API has of it. */
interface Beside {
  readonly stream: object;
  readonly resource: Resource;
}

/** A connector of one stream `items`, and a strict API that both follow the same answers. */
export async function session(
  answers: { auth?: object; pagination?: object; [key: string]: unknown },
  stream: Record<string, unknown> = {},
  resource: Partial<Resource> = {},
  { timeout, beside = [] }: { readonly timeout?: string; readonly beside?: readonly Beside[] } = {},
): Promise<Session> {
  const built = await connectorOf(
    {
      ...answers,
      streams: [
        ...beside.map(each => each.stream),
        { name: 'items', path: '/items', key_properties: ['id'], schema: SCHEMA, ...stream },
      ],
    },
    timeout,
  );
  const { resources, ...options } = strictOptions(answers, stream, resource);
  const api = await new StrictApi({
    ...options,
    resources: [...resources, ...beside.map(each => each.resource)],
  }).listen();
  const over = (config: object = {}) => built.connector.with({ ...CREDENTIALS, port: api.port, ...config });
  let discovered: Catalog | undefined;
  return {
    ...built,
    api,
    over,
    async run({ state, config, query, choice } = {}) {
      discovered ??= await over(config).catalog();
      return over(config).run({ catalog: selectAll(discovered, choice), state, query });
    },
  };
}

function strictOptions(
  answers: Record<string, unknown>,
  stream: Record<string, unknown>,
  resource: Partial<Resource>,
): StrictOptions {
  const { bookmark_param, replication_key } = stream;
  return {
    auth: answers.auth === undefined ? undefined : (v.parse(auth, answers.auth) as StrictOptions['auth']),
    resources: [
      {
        path: '/items',
        records: items(7),
        method: stream.method as string | undefined,
        params: stream.params as Record<string, string> | undefined,
        paramsIn: stream.params_in as 'query' | 'body' | undefined,
        body: stream.body as Record<string, unknown> | undefined,
        followed: followed(stream, answers),
        recordsPath: stream.records_path as string | undefined,
        pagination: v.parse(pagination, stream.pagination ?? answers.pagination ?? { type: 'none' }),
        ...(bookmark_param !== undefined && {
          bookmark: { param: String(bookmark_param), field: String(replication_key) },
        }),
        ...resource,
      },
    ],
  };
}

function followed(...places: readonly Record<string, unknown>[]): 'absolute' | undefined {
  const [pagination] = places.flatMap(place => (place.pagination as { type?: string }) ?? []);
  return ['next_url', 'link_header'].includes(String(pagination?.type)) ? 'absolute' : undefined;
}

export function records(
  { messages }: { readonly messages: readonly Message[] },
  stream = 'items',
): Record<string, unknown>[] {
  return messages.flatMap(({ type, record, ...message }) =>
    type === 'RECORD' && message.stream === stream && record ? [record] : [],
  );
}

export function ids(outcome: Outcome, stream = 'items'): unknown[] {
  return records(outcome, stream).map(({ id }) => id);
}

export function lastState({ messages }: { readonly messages: readonly Message[] }) {
  return messages.filter(({ type }) => type === 'STATE').at(-1)?.value;
}
