import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from '../framework/process.ts';

/** A row of any server's. */
export type Row = Readonly<Record<string, unknown>>;

/** A program that others have made, with a list of things that change; whatever it has is asked of itself. */
export interface RealServer {
  /** What is installed for it, into a folder of its own: packages of PyPI in a virtual environment, or of npm. */
  readonly packages: { readonly pip: readonly string[] } | { readonly npm: readonly string[] };
  /** The answers of a connector of its things, with nothing that works around anything. */
  readonly answers: object;
  readonly config?: Readonly<Record<string, string>>;
  readonly key: string;
  /** By which column the second run goes on. */
  readonly bookmark: string;
  /** Prepares a folder for the server, and gives the command that starts it there. */
  prepare(place: Place & { readonly port: number }): Promise<readonly string[]>;
  /** What answers as soon as the server is there. */
  readonly path: string;
  /** Puts things in, or changes them: those of these numbers, each at its own minute, counted from this one. */
  put(numbers: readonly number[], minute: number, place: Place): Promise<void>;
  /** All things as the server itself has them. */
  rows(place: Place): Promise<readonly Row[]>;
  /** A thing with the columns that the answers name. */
  row(thing: Row): Row;
  /** A request for things, as a user has it who knows nothing else of the server. */
  readonly asked: Asked;
  /** The answers that filter by what changed, as the server itself shows them; none where it has no usual filter. */
  readonly filter: Readonly<Record<string, unknown>>;
}

/** A request for a list, and the one that an application sends for its next page. */
export interface Asked {
  readonly path: string;
  /** The address that has the list as well, where the request is a POST. */
  readonly address?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON that is posted. */
  readonly body?: object;
  next(response: { readonly headers: Headers; readonly body: unknown }): {
    readonly path?: string;
    readonly body?: object;
  };
}

/** The file in a server's folder that tells that all its packages are there. */
export const INSTALLED = '.installed';

/** Where a server runs. */
export interface Place {
  readonly url: string;
  readonly folder: string;
  /** Where its packages are. */
  readonly installed: string;
}

export interface Running extends Place {
  readonly port: number;
  stop(): Promise<void>;
}

/** Of a fifth of a second each. */
const MOST_TRIES = 900;

/** Starts a server in an empty folder, and waits until it answers. */
export async function start(server: RealServer, folder: string, installed: string): Promise<Running> {
  const port = await freePort();
  const place = { port, url: `http://127.0.0.1:${port}`, folder, installed };
  const [command = '', ...args] = await server.prepare(place);
  const output: Buffer[] = [];
  const child = spawn(command, args, { cwd: folder, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.on('data', chunk => output.push(chunk));
  child.stderr.on('data', chunk => output.push(chunk));
  const stop = () => ended(child);
  for (let tries = 0; !(await answers(`${place.url}${server.path}`)); tries++) {
    if (child.exitCode === null && tries < MOST_TRIES) await sleep(200);
    else {
      await stop();
      throw new Error(`the server gives no answer: ${Buffer.concat(output)}`);
    }
  }
  return { ...place, stop };
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  const end = new Promise<void>(resolve => child.on('exit', () => resolve()));
  // With all that it has started.
  process.kill(-(child.pid ?? 0));
  return end;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).status < 500;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** A moment of a day, by its minute. */
export function at(minute: number): string {
  return new Date(Date.UTC(2024, 0, 1, 0, minute)).toISOString();
}

/** Runs a program of those that are installed in its folder; throws where it fails. */
export async function runInstalled(
  { installed, folder }: Omit<Place, 'url'>,
  program: string,
  args: readonly string[],
  input = '',
): Promise<void> {
  const finished = await run(join(installed, 'bin', program), args, { cwd: folder, input });
  if (finished.exitCode !== 0) throw new Error(finished.stderr);
}

export async function getJson(url: string, init: RequestInit = {}): Promise<unknown> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  const text = await response.text();
  return text === '' ? undefined : JSON.parse(text);
}

/** Sends JSON, by POST unless another method is named. */
export function send(url: string, body: object, { method = 'POST', headers = {} }: RequestInit = {}): Promise<unknown> {
  return getJson(url, {
    ...{ method, headers: { 'Content-Type': 'application/json', ...(headers as Record<string, string>) } },
    body: JSON.stringify(body),
  });
}

/** What the answers call the things, and their columns. */
export const THINGS = { name: 'things', key_properties: ['id'] };
export const COLUMNS = { properties: { id: 'integer', name: 'string', updated_at: 'date-time' } };
