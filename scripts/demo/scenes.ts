import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Python } from '../../test/framework/python.ts';
import { serveCrm, TOKEN } from './crm.ts';
import { addOrders, makeShop } from './shop.ts';

/** One connector of the demo: what it is made of, what it reads, and what happens between its two runs. */
export interface Scene {
  readonly kind: string;
  readonly title: string;
  /** The answers file, relative to examples/. */
  readonly answers: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** The stream of the second run, and the bookmark that a user would choose where none is set. */
  readonly incremental: { readonly stream: string; readonly bookmark: string };
  /** What is new at the source, and how it gets there. */
  readonly news: { readonly text: string; happen(): void | Promise<void> };
  close?(): Promise<void>;
}

/** Makes the sources that the connectors read, below `data`. */
export async function openScenes(python: Python, data: string, examples: string): Promise<Scene[]> {
  mkdirSync(data, { recursive: true });
  return [
    await crmScene(),
    await shopScene(python, join(data, 'shop.db')),
    exportsScene(data, join(examples, 'samples')),
  ];
}

async function crmScene(): Promise<Scene> {
  const crm = await serveCrm();
  return {
    kind: 'api',
    title: 'A REST API: bearer token, pages by cursor, a filter for what is new',
    answers: 'demo/api.yaml',
    config: { access_token: TOKEN, port: crm.port },
    incremental: { stream: 'deals', bookmark: 'updated_at' },
    news: { text: 'Three deals are won.', happen: crm.winDeals },
    close: crm.close,
  };
}

async function shopScene(python: Python, file: string): Promise<Scene> {
  await makeShop(python, file);
  return {
    kind: 'sql',
    title: 'A SQL database: a SQLite file, with tables and keys discovered',
    answers: 'sql-sqlite.yaml',
    config: { path: file },
    incremental: { stream: 'orders', bookmark: 'updated_at' },
    news: { text: 'Two orders come in, and one is paid.', happen: () => addOrders(python, file) },
  };
}

function exportsScene(data: string, samples: string): Scene {
  const arrive = (file: string) => copyFileSync(join(samples, file), join(data, file));
  for (const file of ['customers.csv', 'orders-2024-01.csv']) arrive(file);
  return {
    kind: 'file',
    title: 'Files: CSV exports, one stream from many files',
    answers: 'file-csv.yaml',
    config: { base_path: data },
    incremental: { stream: 'orders', bookmark: 'updated_at' },
    news: { text: 'orders-2024-02.csv arrives.', happen: () => arrive('orders-2024-02.csv') },
  };
}
