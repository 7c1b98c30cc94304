/**
 * Counts what `--from` finds in OpenAPI descriptions beside dlt-init-openapi:
 * `node --import tsx/esm scripts/beside.ts FILE...` prints ours, and `… FILE... --dlt FILE` holds it against what
 * `beside/found_by_dlt.py FILE...` printed, run by a Python that has dlt-init-openapi. `--missed` lists what that alone finds.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { sumBy } from 'lodash-es';
import { isListOfObjects } from './beside/lists.ts';

interface Endpoint {
  readonly path: string;
  readonly records: string | null;
  readonly paging: string | null;
  readonly key: string | null;
  readonly filter?: string | null;
  readonly parent: boolean;
}

/** What a tool made of a file, with its processor time and memory, each in a process of its own. */
interface Found {
  readonly file: string;
  readonly endpoints?: readonly Endpoint[];
  readonly failed?: string;
  readonly seconds?: number;
  readonly megabytes?: number;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { dlt: { type: 'string' }, missed: { type: 'boolean' } },
});

/** What users have is bundled, and not translated from TypeScript at each start. */
async function bundled(folder: string): Promise<string> {
  await build({
    entryPoints: [join(import.meta.dirname, 'beside/found_by_this.ts')],
    ...{
      outdir: folder,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      platform: 'node',
      format: 'esm',
    },
    ...{ mainFields: ['module', 'main'], target: 'node20.17', external: ['@astral-sh/ruff-wasm-nodejs'] },
    banner: {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    },
  });
  return join(folder, 'found_by_this.mjs');
}

function measured(program: string, file: string): Found {
  const run = spawnSync(process.execPath, [program, file], { encoding: 'utf8', maxBuffer: 1e9 });
  return { file, ...(run.status === 0 ? JSON.parse(run.stdout) : { failed: run.stderr }) };
}

/** The lists of which the description itself says that they have records there. */
function rightLists({ file, endpoints = [] }: Found): Endpoint[] {
  return endpoints.filter(({ path, records }) => isListOfObjects(file, path, records));
}

function row(name: string, found: readonly Found[]): string {
  const right = found.flatMap(rightLists);
  const having = (fits: (endpoint: Endpoint) => boolean) => right.filter(fits).length;
  const cells = [
    found.filter(each => each.failed === undefined).length,
    sumBy(found, each => each.endpoints?.filter(({ records }) => records !== null).length ?? 0),
    right.length,
    having(({ paging }) => paging !== null),
    having(({ key }) => key !== null),
    having(({ filter }) => (filter ?? null) !== null),
    having(({ parent }) => parent),
    sumBy(found, each => each.seconds ?? 0).toFixed(1),
    Math.round(Math.max(...found.map(each => each.megabytes ?? 0))),
  ];
  return `| ${[name, ...cells].join(' | ')} |\n`;
}

/** Lists that the other finds rightly, and this doesn't. */
function missed(ours: readonly Found[], others: readonly Found[]): string[] {
  return others.flatMap(other => {
    const known = new Map(
      ours
        .filter(({ file }) => file === other.file)
        .flatMap(rightLists)
        .map(each => [each.path, each]),
    );
    return rightLists(other).flatMap(each => {
      const its = known.get(each.path);
      const lacks = (['paging', 'key', 'parent'] as const).filter(part => its && each[part] && !its[part]);
      if (its && lacks.length === 0) return [];
      return [`${other.file} ${each.path} ${each.records}: ${its ? `lacks ${lacks}` : 'is missing'}`];
    });
  });
}

const folder = mkdtempSync(join(tmpdir(), 'beside-'));
try {
  const files = positionals.map(file => resolve(file));
  const program = await bundled(folder);
  const ours = files.map(file => measured(program, file));
  const columns = ['read', 'records', 'of these right', 'paging', 'key', 'filter', 'parents', 'seconds', 'MB at most'];
  process.stdout.write(`| ${['', ...columns].join(' | ')} |\n|${' --- |'.repeat(columns.length + 1)}\n`);
  process.stdout.write(row('this', ours));
  if (values.dlt !== undefined) {
    const lines = readFileSync(values.dlt, 'utf8').split('\n').filter(Boolean);
    const others = lines.map(line => JSON.parse(line) as Found).filter(({ file }) => files.includes(resolve(file)));
    process.stdout.write(row('dlt-init-openapi', others));
    if (values.missed) process.stdout.write(`\n${missed(ours, others).join('\n')}\n`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
