import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { run } from '../framework/process.ts';
import { openFolder, ROOT } from './doors.ts';

/** A packed package. */
export interface Tarball {
  readonly name: string;
  readonly version: string;
  readonly file: string;
  /** Relative to the package. */
  readonly files: readonly string[];
}

const DEPENDENCIES = Object.keys(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).dependencies);

/** Packs a package as publishing does; `dist` is taken as it stands, since the tests run after the build. */
export async function pack(folder: string): Promise<Tarball> {
  const target = openFolder();
  const [packed] = JSON.parse(await npm(['pack', folder, '--json', '--ignore-scripts', '--pack-destination', target]));
  const files = packed.files.map(({ path }: { path: string }) => path);
  return { name: packed.name, version: packed.version, file: join(target, packed.filename), files };
}

/** Installs a tarball globally, below a folder of its own, from a registry that has its dependencies and nothing else. */
export async function installGlobally(tarball: Tarball): Promise<{ modules: string; bin: string }> {
  const prefix = openFolder();
  const packed = await Promise.all(DEPENDENCIES.map(name => pack(join(ROOT, 'node_modules', name))));
  const registry = await serveRegistry(packed);
  try {
    const quiet = ['--no-audit', '--no-fund', '--prefer-online'];
    const places = ['--prefix', prefix, '--cache', openFolder(), '--registry', registry.url];
    await npm(['install', '--global', tarball.file, ...places, ...quiet]);
  } finally {
    registry.close();
  }
  return { modules: join(prefix, 'lib/node_modules'), bin: join(prefix, 'bin/mage-connector') };
}

async function serveRegistry(packages: readonly Tarball[]): Promise<{ url: string; close(): void }> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '').slice(1);
    const tarball = packages.find(({ name }) => path === name || path === `${name}.tgz`);
    if (!tarball) response.writeHead(404).end();
    else if (path.endsWith('.tgz')) response.end(readFileSync(tarball.file));
    else
      response.setHeader('Content-Type', 'application/json').end(packument(tarball, `http://${request.headers.host}`));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { url, close: () => server.close().closeAllConnections() };
}

function packument({ name, version, file }: Tarball, registry: string): string {
  const integrity = `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`;
  const dist = { tarball: `${registry}/${name}.tgz`, integrity };
  return JSON.stringify({
    name,
    'dist-tags': { latest: version },
    versions: { [version]: { name, version, dist } },
  });
}

async function npm(args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await run('npm', args, { timeLimit: 120_000 });
  if (exitCode !== 0) throw new Error(`npm ${args.join(' ')}: ${stderr}`);
  return stdout;
}
