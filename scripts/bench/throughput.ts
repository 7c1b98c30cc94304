import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Checkout, workspaceCheckout } from '../../test/framework/checkout.ts';
import { generate } from '../../test/support/generate.ts';
import { tableLines } from '../demo/terminal.ts';
import { API, stream } from './answers.ts';
import { ratio, summary, type Times } from './measure.ts';
import { type Target, target } from './report.ts';
import { type Measured, measureSource } from './source.ts';

const PAGE_SIZE = 100;
const PAGES = 1000;

/** What an API is read with at best: it requests, and lets the framework write. */
const BARE = `
import requests

from mage_integrations.sources.base import Source, main


class Bare(Source):
    def load_data(self, stream, **kwargs):
        session = requests.Session()
        url = 'http://127.0.0.1:{port}/{pages}/items/1'.format_map(self.config)
        params = {'limit': 100}
        while True:
            page = session.get(url, params=params).json()
            yield page['data']
            params['cursor'] = page['meta']['next']
            if not params['cursor']:
                return


if __name__ == '__main__':
    main(Bare)
`;

/** Times of reading all pages, in milliseconds, and the most memory in megabytes. */
export interface Throughput {
  readonly records: number;
  readonly isRealMage: boolean;
  readonly bare: Times;
  readonly generated: Times;
  /** The processor's time of the generated connector, in times of that of the loop. */
  readonly processor: number;
  /** Of all pages, and of a tenth of them. */
  readonly memory: { readonly whole: number; readonly tenth: number };
}

/** Reads an API on this machine by turns with a generated connector and with a bare loop, in the same framework. */
export async function measureThroughput(rounds: number): Promise<Throughput> {
  const home = mkdtempSync(join(tmpdir(), 'bench-'));
  const server = await serve();
  try {
    const checkout = workspaceCheckout(join(home, 'mage-ai'));
    const folders = await writeSources(checkout);
    const read = (folder: string, pages: number) =>
      measureSource({
        checkout,
        folder,
        config: { port: (server.address() as AddressInfo).port, pages, access_token: 'a-token-of-some-length' },
        stream: 'items_1',
        records: pages * PAGE_SIZE,
      });
    // The first run of each fills the disk's cache.
    await read(folders.bare, 1);
    const tenth = await read(folders.generated, PAGES / 10);
    const [bare, generated]: [Measured[], Measured[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      bare.push(await read(folders.bare, PAGES));
      generated.push(await read(folders.generated, PAGES));
    }
    const all = (runs: readonly Measured[], key: keyof Measured, factor = 1) => runs.map(run => factor * run[key]);
    const processor = [generated, bare].map(runs => summary('processor', all(runs, 'processor')));
    return {
      records: PAGES * PAGE_SIZE,
      isRealMage: checkout.real,
      bare: summary('a bare loop', all(bare, 'seconds', 1000)),
      generated: summary('a generated connector', all(generated, 'seconds', 1000)),
      processor: ratio(processor[0] as Times, processor[1] as Times),
      memory: { whole: Math.max(...all(generated, 'megabytes')), tenth: tenth.megabytes },
    };
  } finally {
    server.close().closeAllConnections();
    rmSync(home, { recursive: true, force: true });
  }
}

export function throughputTargets({ bare, generated, memory }: Throughput): Target[] {
  return [
    // Its stream has a key, of which each value comes once, which a bare loop doesn't see to.
    target('a generated API connector, in times of a bare loop', ratio(generated, bare), 1.2),
    target('its memory for 1,000 pages, in times of that for 100', memory.whole / memory.tenth, 1.05),
  ];
}

/** The report for people. */
export function throughputLines({ records, isRealMage, bare, generated, processor, memory }: Throughput): string[] {
  const line = (times: Times, ofProcessor: number, peak: string) => [
    times.name,
    (times.median / 1000).toFixed(1),
    (records / (times.median / 1000)).toLocaleString('en', { maximumFractionDigits: 0 }),
    ratio(times, bare).toFixed(2),
    ofProcessor.toFixed(2),
    peak,
  ];
  return [
    `${records.toLocaleString('en')} records of ${PAGES.toLocaleString('en')} pages, under ${isRealMage ? "Mage's framework" : 'its double'}`,
    '',
    ...tableLines(
      ['', 'seconds', 'records a second', 'ratio', "processor's", 'peak'],
      [line(bare, 1, ''), line(generated, processor, `${memory.whole.toFixed(0)} MB`)],
    ),
  ];
}

async function writeSources(checkout: Checkout): Promise<{ bare: string; generated: string }> {
  const answers = { ...API, layout: 'core', base_url: 'http://127.0.0.1:{port}/{pages}', streams: [stream(1)] };
  const { folder: generated } = await generate('api', answers, { cwd: checkout.root });
  const bare = join(checkout.sources, 'bare');
  mkdirSync(bare);
  writeFileSync(join(bare, '__init__.py'), BARE);
  cpSync(join(generated, 'schemas'), join(bare, 'schemas'), { recursive: true });
  return { bare, generated };
}

/** An API of as many pages as its path says, with cursors; it takes no time to think. */
export async function serve(): Promise<Server> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost');
    const page = Number(url.searchParams.get('cursor') ?? 1);
    const isLast = page >= Number(url.pathname.split('/')[1]);
    const body = JSON.stringify({ data: recordsOf(page), meta: { next: isLast ? null : page + 1 } });
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(body);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function recordsOf(page: number): object[] {
  return Array.from({ length: PAGE_SIZE }, (_, index) => {
    const id = (page - 1) * PAGE_SIZE + index;
    const moment = new Date(Date.UTC(2024, 0, 1) + 1000 * id).toISOString();
    return {
      id,
      name: `Item ${id}`,
      amount: id * 1.5,
      active: id % 2 === 0,
      owner: { id: 7, name: 'Ada' },
      tags: ['a', 'b'],
      created_at: moment,
      updated_at: moment,
    };
  });
}
