/** Installs servers that others have made, each into a folder of its own, once, and runs connectors against them: `npm run test:servers [-- DIR]`. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SERVERS } from '../test/servers/all.ts';
import { INSTALLED, type RealServer } from '../test/servers/real-server.ts';
import { runTests } from './test/run.ts';

function succeeds(command: string, args: readonly string[], cwd: string): boolean {
  return spawnSync(command, args, { cwd, stdio: 'inherit' }).status === 0;
}

/** Installs the packages of a server; false where that fails, and its tests say so. */
function install({ packages }: RealServer, folder: string): boolean {
  mkdirSync(folder, { recursive: true });
  if ('npm' in packages)
    // No server needs what its packages would build or fetch themselves.
    return succeeds(
      'npm',
      ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', folder, ...packages.npm],
      folder,
    );
  return (
    succeeds('python3', ['-m', 'venv', '.'], folder) &&
    succeeds(join(folder, 'bin/python'), ['-m', 'pip', 'install', '--quiet', ...packages.pip], folder)
  );
}

const place = resolve(process.argv[2] ?? join(tmpdir(), 'mage-connector-servers'));
for (const [name, server] of Object.entries(SERVERS)) {
  const folder = join(place, name);
  const note = join(folder, INSTALLED);
  if (!existsSync(note) && install(server, folder)) writeFileSync(note, JSON.stringify(server.packages));
}
runTests(['servers'], [], { ...process.env, SERVERS: place });
