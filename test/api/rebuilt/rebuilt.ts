import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { type Reply, readRequest, type Seen, send } from '../strict-server.ts';

/** What a public API does, rebuilt from its documentation: it refuses what the real one refuses. */
export interface Rebuilt {
  readonly config: Readonly<Record<string, string>>;
  /** A secret of the configuration; with another one, the run ends with `refused`. */
  readonly secret: string;
  readonly refused: RegExp;
  readonly answer: (seen: Seen) => Reply;
  /** How it says that it has had too many requests, or that it is down; either passes. */
  readonly busy: readonly Reply[];
  /** What an answer that doesn't pass says, and what a run ends with then. */
  readonly fault: { readonly reply: Reply; readonly message: RegExp };
  /** What happens between two runs. */
  readonly change: () => void;
  /** Streams that are found at run time, and the stream of the answers that they are made by. */
  readonly found?: Readonly<Record<string, string>>;
  /** The keys of the records that two runs give, by stream. */
  readonly first: Readonly<Record<string, readonly unknown[]>>;
  readonly second: Readonly<Record<string, readonly unknown[]>>;
}

/** What an API refuses a request with. */
export class Refusal extends Error {
  readonly reply: Reply;

  constructor(reply: Reply) {
    super(JSON.stringify(reply));
    this.reply = reply;
  }
}

/** The answers of an example, whose hosts are the server of the test. */
export function answersOf(name: string): Record<string, unknown> {
  const text = readFileSync(resolve(import.meta.dirname, `../../../examples/apis/${name}.yaml`), 'utf8');
  const { kind: _, documentation_url: __, ...answers } = parse(text);
  return JSON.parse(JSON.stringify(answers).replaceAll(/"https:\/\/[^/"]+/g, '"http://127.0.0.1:{port}'));
}

/** Serves an API; what is in `instead` is answered to the next requests for records. */
export async function serve({ answer }: Rebuilt) {
  const seen: Seen[] = [];
  const refusals: string[] = [];
  const instead: Reply[] = [];
  const reply = (request: Seen): Reply => {
    const fault = isForToken(request) ? undefined : instead.shift();
    if (fault) return fault;
    try {
      return answer(request);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refusals.push(error.message);
      return error.reply;
    }
  };
  const server = createServer(async (request, response) => {
    seen.push(await readRequest(request));
    send(response, reply(seen.at(-1) as Seen));
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  server.unref();
  return {
    seen,
    refusals,
    instead,
    port: String((server.address() as AddressInfo).port),
    close: () => new Promise<void>(done => server.close(() => done()).closeAllConnections()),
  };
}

/** True for what asks for a token, which is no request for records. */
export function isForToken({ path }: Seen): boolean {
  return /\/tokens?(\/bearer)?$/.test(path);
}

/** Refuses a request unless all of its parameters are known and as they have to be. */
export function checkParams(
  { params }: Seen,
  rules: Readonly<Record<string, RegExp>>,
  required: readonly string[],
  refuse: (what: string) => Reply,
): void {
  for (const [name, value] of params) {
    if (!rules[name]?.test(value)) throw new Refusal(refuse(`${name}=${value}`));
    if (params.getAll(name).length > 1) throw new Refusal(refuse(`${name} comes twice`));
  }
  const missing = required.filter(name => !params.has(name));
  if (missing.length > 0) throw new Refusal(refuse(`no ${missing}`));
}

/** Refuses what isn't just so. */
export function expectSame(found: unknown, wanted: unknown, reply: Reply): void {
  if (!isDeepStrictEqual(found, wanted)) throw new Refusal(reply);
}

/** The records of a page that begins somewhere, and where the next one does. */
export function cut<T>(records: readonly T[], start: number, size: number) {
  const end = start + size;
  return { page: records.slice(start, end), next: end < records.length ? end : undefined };
}

/** The user name and password of a request. */
export function basicOf({ headers }: Seen): string {
  const [scheme, text = ''] = headers.authorization?.split(' ') ?? [];
  return scheme === 'Basic' ? Buffer.from(text, 'base64').toString() : '';
}
