import { type ChildProcess, type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

type ServerProcess = ChildProcessByStdio<null, Readable, Readable>;

/** A server of Mage on the loopback, without a login. */
export interface MageServer {
  readonly url: string;
  /** Asks its API; throws where that answers an error. */
  ask(method: string, path: string, body?: object): Promise<Record<string, never>>;
  stop(): Promise<void>;
}

export interface ServerPlace {
  /** The virtual environment. */
  readonly python: string;
  /** The folder of the project, made if it isn't there. */
  readonly project: string;
  /** Where it keeps its own database and runs. */
  readonly data: string;
  readonly port: number;
}

/** How Mage itself is started, whatever folder its environment was made in. */
const START = 'from mage_ai.cli.main import app; app()';

/** Starts Mage and waits until its page is served. */
export async function startMage({ python, project, data, port }: ServerPlace): Promise<MageServer> {
  const bin = join(python, 'bin');
  const env = {
    ...process.env,
    // Mage starts sources by this name.
    PATH: `${bin}:${process.env.PATH}`,
    REQUIRE_USER_AUTHENTICATION: '0',
    MAGE_DATA_DIR: data,
    // Nothing of a test is told to anyone.
    DISABLE_USAGE_STATISTICS: '1',
  };
  const args = ['-c', START, 'start', project, '--host', '127.0.0.1', '--port', String(port)];
  const child = spawn(join(bin, 'python'), args, {
    cwd: join(project, '..'),
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  return served(port, child, () => killGroup(child));
}

/** Starts Mage in a container of an image, which shares this machine's network, and waits until its page is served. */
export async function startContainer(image: string, name: string, port: number): Promise<MageServer> {
  const settings = ['REQUIRE_USER_AUTHENTICATION=0', 'DISABLE_USAGE_STATISTICS=1'].flatMap(each => ['--env', each]);
  // As Mage's documentation starts it, https://docs.mage.ai/getting-started/setup.
  const mage = ['/app/run_app.sh', 'mage', 'start', 'project', '--host', '127.0.0.1', '--port', String(port)];
  const child = spawn('docker', ['run', '--rm', '--name', name, '--network', 'host', ...settings, image, ...mage], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return served(port, child, () => void spawnSync('docker', ['rm', '--force', name]));
}

/** Mage, once its page is served; what it prints is told where that doesn't come about. */
async function served(port: number, child: ServerProcess, end: () => void): Promise<MageServer> {
  const stop = () => ended(child, end);
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', text => output.push(String(text)));
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 180; tries++) {
    const response = await fetch(`${url}/api/integration_sources`).catch(() => undefined);
    if (response?.ok) return { url, ask: (method, path, body) => ask(`${url}/api${path}`, method, body), stop };
    if (child.exitCode !== null) break;
    await sleep(1000);
  }
  await stop();
  throw new Error(`Mage isn't served:\n${output.join('').slice(-3000)}`);
}

async function ask(url: string, method: string, body: object | undefined): Promise<Record<string, never>> {
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  const answer = (await response.json()) as Record<string, never>;
  if ('error' in answer) throw new Error(`${method} ${url}: ${JSON.stringify(answer.error)}`);
  return answer;
}

async function ended(child: ChildProcess, end: () => void): Promise<void> {
  if (child.exitCode !== null) return;
  const exit = new Promise(resolve => child.once('exit', resolve));
  end();
  await exit;
}

/** Mage starts others, its scheduler among them: all of its group goes. */
function killGroup({ pid }: ChildProcess): void {
  if (pid !== undefined) process.kill(-pid, 'SIGKILL');
}
