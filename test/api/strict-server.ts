import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type AuthRules, checkAuth, grantToken, type TokenState } from './strict-auth.ts';
import { oddHeader, pageOf } from './strict-pages.ts';

/** A request as a strict API sees it. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly params: URLSearchParams;
  readonly body: Record<string, unknown> | undefined;
  /** The fields of a form; a name that comes several times has a list. */
  readonly form: Record<string, unknown> | undefined;
  readonly text: string;
  readonly headers: IncomingMessage['headers'];
  readonly origin: string;
  /** Path and query as they were sent. */
  readonly target: string;
}

export interface Reply {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** One stream as the API offers it, in the terms of the answers. */
export interface Resource {
  readonly path: string;
  readonly method?: string;
  readonly records: readonly Record<string, unknown>[];
  readonly recordsPath?: string;
  readonly params?: Record<string, string | RegExp>;
  readonly paramsIn?: 'query' | 'body';
  /** The fixed part of a body, whose {names} stand for what is configured. */
  readonly body?: Record<string, unknown>;
  /** What bodies are written as, where that is held. */
  readonly bodyAs?: 'json' | 'form';
  /** Headers that each request has. */
  readonly headers?: Record<string, string>;
  readonly pagination?: Record<string, unknown>;
  /** Where pages are followed by address: how that is written. */
  readonly followed?: 'absolute' | 'relative';
  readonly bookmark?: { readonly param: string; readonly field: string; readonly parse?: (text: string) => number };
  /** The parameter of the end, which is not part of what is answered. */
  readonly bookmarkEnd?: string;
  /** How it authenticates, where that isn't as the whole API does. */
  readonly auth?: AuthRules;
  /** Takes parameters that it doesn't know. */
  readonly anyParams?: boolean;
  /** Makes the response of a page's records; by default they stand at `recordsPath`. */
  readonly envelope?: (records: readonly object[]) => unknown;
  /** The media type of a response that is text; what doesn't accept it gets none. */
  readonly type?: string;
  /** Writes a whole response as text of that type. */
  readonly write?: (body: unknown) => string;
  /** True where there is no page without records, but a 404. */
  readonly missing?: boolean;
  /** What answers its next requests instead. */
  readonly busy?: Reply[];
}

export interface StrictOptions {
  readonly auth?: AuthRules;
  readonly resources: readonly Resource[];
}

/** Answers a request instead of the API, once. */
export type Fault = (response: ServerResponse, seen: Seen) => void;

/** An API that holds a connector to its answers: wrong authentication is 401, an unknown parameter 400, a used refresh token is revoked. */
export class StrictApi {
  readonly seen: Seen[] = [];
  /** What answers the next requests for records; undefined is the API itself. */
  readonly faults: (Fault | undefined)[] = [];
  readonly tokens: TokenState;
  options: StrictOptions;
  /** What jobs have made. */
  readonly #results: Reply[] = [];
  readonly #server: Server;

  /** With `tls` it is an API of https. */
  constructor(options: StrictOptions, tls?: ServerOptions) {
    this.options = options;
    const handle = (request: IncomingMessage, response: ServerResponse) => void this.#handle(request, response);
    this.#server = tls ? createSecureServer(tls, handle) : createServer(handle);
    this.tokens = { issued: [], refreshToken: 'first-refresh-token', granted: 0, lifetime: 3600 };
  }

  async listen(): Promise<this> {
    await new Promise<void>(resolve => this.#server.listen(0, '127.0.0.1', resolve));
    // A test that fails before it closes the server must not keep the process from its end.
    this.#server.unref();
    return this;
  }

  get port(): string {
    return String((this.#server.address() as AddressInfo).port);
  }

  /** The requests for records. */
  get reads(): Seen[] {
    return this.seen.filter(({ path }) => this.options.resources.some(resource => resource.path === path));
  }

  close(): Promise<void> {
    return new Promise(resolve => this.#server.close(() => resolve()).closeAllConnections());
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const seen = await readRequest(request);
    this.seen.push(seen);
    const fault = seen.path === '/token' || seen.path === '/login' ? undefined : this.faults.shift();
    if (fault) fault(response, seen);
    else send(response, this.#answer(seen));
  }

  #answer(seen: Seen): Reply {
    const { auth, resources } = this.options;
    const login = resources.find(each => each.auth?.type === 'session_token')?.auth;
    if (login && seen.path === '/login') return grantToken(login, seen, this.tokens);
    if (auth && (seen.path === '/token' || seen.path === '/login')) return grantToken(auth, seen, this.tokens);
    const resource = resources.find(({ path }) => path === seen.path);
    const maker = resources.find(({ path, pagination }) => pagination?.type === 'job' && isBeside(path, seen.path));
    const rules = (resource ?? maker)?.auth ?? auth;
    const spent = rules ? checkAuth(rules, seen, this.tokens) : { params: [] };
    if ('refused' in spent)
      return {
        status: 401,
        headers: spent.headers,
        body: { error: { message: `not authenticated: ${spent.refused}` } },
      };
    if (maker && !resource) return this.#tell(maker, seen);
    if (!resource) return { status: 404, body: { errors: [{ detail: `no ${seen.path}` }] } };
    if (seen.method !== (resource.method ?? 'GET')) return { status: 405, body: { detail: `not by ${seen.method}` } };
    const busy = resource.busy?.shift();
    if (busy) return busy;
    if (resource.type !== undefined && !seen.headers.accept?.includes(resource.type))
      return { status: 406, body: { detail: `not as ${seen.headers.accept}` } };
    const page = pageOf(resource, seen, spent.params);
    if (resource.pagination?.type !== 'job' || (page.status ?? 200) >= 400) return page;
    this.#results.push(page);
    return { status: seen.method === 'GET' ? 200 : 202, body: { job: { id: `job ${this.#results.length - 1}` } } };
  }

  /** Tells of a job, which is done at once, or gives what it has made. */
  #tell(maker: Resource, { method, path, headers }: Seen): Reply {
    const [, id = '', rows] = /\/jobs\/job%20(\d+)(\/rows)?$/.exec(path) ?? [];
    const result = this.#results[Number(id)];
    if (method !== 'GET' || id === '' || !result) return { status: 404, body: { detail: `no ${path}` } };
    const odd = oddHeader(maker, headers);
    if (odd !== undefined) return { status: 400, body: { detail: `the header ${odd} is another` } };
    return rows ? result : { body: { state: 'DONE' } };
  }
}

/** True for what tells of the jobs that a path makes. */
function isBeside(path: string, other: string): boolean {
  return other.startsWith(`${path.slice(0, path.lastIndexOf('/'))}/jobs/`);
}

/** Reads a request as a whole. */
export async function readRequest(request: IncomingMessage): Promise<Seen> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const origin = `http://${request.headers.host}`;
  const url = new URL(request.url ?? '', origin);
  const json = request.headers['content-type']?.includes('json');
  const isForm = request.headers['content-type']?.includes('x-www-form-urlencoded');
  return {
    method: request.method ?? '',
    path: url.pathname,
    params: url.searchParams,
    body: json ? JSON.parse(text) : undefined,
    form: isForm ? readForm(text) : undefined,
    text,
    headers: request.headers,
    origin,
    target: request.url ?? '',
  };
}

function readForm(text: string): Record<string, unknown> {
  const form = new URLSearchParams(text);
  return Object.fromEntries(
    [...form.keys()].map(name => {
      const all = form.getAll(name);
      return [name, all.length > 1 ? all : all[0]];
    }),
  );
}

export function send(response: ServerResponse, { status = 200, body = '', headers = {} }: Reply): void {
  const isText = typeof body === 'string' || body instanceof Uint8Array;
  const text = isText ? body : JSON.stringify(body);
  const type = isText ? 'text/html' : 'application/json';
  response.writeHead(status, { 'Content-Type': type, ...headers }).end(text);
}
