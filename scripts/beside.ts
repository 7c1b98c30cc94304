/**
 * Counts what `--from` finds in OpenAPI descriptions beside dlt-init-openapi:
 * `node --import tsx/esm scripts/beside.ts FILE...` prints ours, and `… FILE... --dlt FILE` holds it against what
 * `beside/found_by_dlt.py FILE...` printed, run by a Python that has dlt-init-openapi.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { sumBy } from 'lodash-es';
import { READERS } from '../src/from/registry.ts';

interface Endpoint {
  readonly records: string | null;
  readonly paging: string | null;
  readonly key: string | null;
  readonly filter?: string | null;
  readonly parent: boolean;
}

/** What a tool made of a file, with its processor time and memory, each in a process of its own. */
interface Found {
  readonly endpoints?: readonly Endpoint[];
  readonly failed?: string;
  readonly seconds?: number;
  readonly megabytes?: number;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { dlt: { type: 'string' }, one: { type: 'string' } },
});

async function ours(file: string): Promise<Endpoint[]> {
  const text = readFileSync(file, 'utf8');
  const source = { name: file, text, file: resolve(file), address: undefined, headers: {}, responseHeaders: {} };
  const reader = READERS.find(each => each.recognises(source));
  if (!reader) throw new Error('no reader knows it');
  const { streams } = await reader.read(source);
  return streams.map(({ answers }) => ({
    records: answers.records_path?.value ?? null,
    paging: answers.pagination?.value.type === 'none' ? null : String(answers.pagination?.value.type),
    key: answers.key_properties?.value.join() ?? null,
    filter: answers.bookmark_param?.value ?? null,
    parent: (answers.parent ?? answers.parents) !== undefined,
  }));
}

function measured(file: string): Found {
  const run = spawnSync(process.execPath, ['--import', 'tsx/esm', import.meta.filename, '--one', file], {
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  return run.status === 0 ? JSON.parse(run.stdout) : { failed: run.stderr };
}

function row(name: string, found: readonly Found[]): string {
  const endpoints = found.flatMap(each => each.endpoints ?? []);
  const having = (fits: (endpoint: Endpoint) => boolean) => endpoints.filter(fits).length;
  const cells = [
    found.filter(each => each.failed === undefined).length,
    endpoints.length,
    having(({ records }) => records !== null),
    having(({ paging }) => paging !== null),
    having(({ key }) => key !== null),
    having(({ filter }) => (filter ?? null) !== null),
    having(({ parent }) => parent),
    sumBy(found, each => each.seconds ?? 0).toFixed(1),
    Math.round(Math.max(...found.map(each => each.megabytes ?? 0))),
  ];
  return `| ${[name, ...cells].join(' | ')} |\n`;
}

if (values.one !== undefined) {
  const endpoints = await ours(values.one);
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const seconds = (userCPUTime + systemCPUTime) / 1e6;
  process.stdout.write(JSON.stringify({ endpoints, seconds, megabytes: maxRSS / 1000 }));
} else {
  process.stdout.write('| | read | lists | records | paging | key | filter | parents | seconds | MB at most |\n');
  process.stdout.write(`|${' --- |'.repeat(10)}\n`);
  process.stdout.write(row('this', positionals.map(measured)));
  if (values.dlt !== undefined) {
    const lines = readFileSync(values.dlt, 'utf8').split('\n').filter(Boolean);
    process.stdout.write(
      row(
        'dlt-init-openapi',
        lines.map(line => JSON.parse(line) as Found),
      ),
    );
  }
}
