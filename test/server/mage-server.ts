import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

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
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', text => output.push(String(text)));
  const url = `http://127.0.0.1:${port}`;
  await served(url, child, output);
  return { url, ask: (method, path, body) => ask(`${url}/api${path}`, method, body), stop: () => stop(child) };
}

async function served(url: string, child: ChildProcess, output: readonly string[]): Promise<void> {
  for (let tries = 0; tries < 180; tries++) {
    const response = await fetch(`${url}/api/integration_sources`).catch(() => undefined);
    if (response?.ok) return;
    if (child.exitCode !== null) break;
    await sleep(1000);
  }
  await stop(child);
  throw new Error(`Mage isn't served:\n${output.join('').slice(-3000)}`);
}

async function ask(url: string, method: string, body: object | undefined): Promise<Record<string, never>> {
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  const answer = (await response.json()) as Record<string, never>;
  if ('error' in answer) throw new Error(`${method} ${url}: ${JSON.stringify(answer.error)}`);
  return answer;
}

/** Mage starts others, its scheduler among them: all of its group goes. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return;
  const ended = new Promise(resolve => child.once('exit', resolve));
  process.kill(-child.pid, 'SIGKILL');
  await ended;
}
