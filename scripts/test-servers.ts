/** Installs servers that others have made into a folder of their own, once, and runs connectors against them: `npm run test:servers [-- DIR]`. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runTests } from './test/run.ts';

const REQUIREMENTS = resolve(import.meta.dirname, '../test/servers/requirements.txt');
const NPM_PACKAGES = ['json-server@0.17.4'];

function execute(command: string, args: readonly string[], cwd: string): void {
  const { status, error } = spawnSync(command, args, { cwd, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed`, { cause: error });
}

const folder = resolve(process.argv[2] ?? join(tmpdir(), 'mage-connector-servers'));
mkdirSync(folder, { recursive: true });
if (!existsSync(join(folder, 'python'))) execute('python3', ['-m', 'venv', 'python'], folder);
execute(join(folder, 'python/bin/python'), ['-m', 'pip', 'install', '--quiet', '-r', REQUIREMENTS], folder);
execute('npm', ['install', '--no-audit', '--no-fund', '--prefix', folder, ...NPM_PACKAGES], folder);
runTests(['servers'], [], { ...process.env, SERVERS: folder });
