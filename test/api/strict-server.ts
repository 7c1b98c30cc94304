import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type AuthRules, checkAuth, grantToken, type TokenState } from './strict-auth.ts';
import { pageOf } from './strict-pages.ts';

/** A request as a strict API sees it. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly params: URLSearchParams;
  readonly body: Record<string, unknown> | undefined;
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
  readonly params?: Record<string, string>;
  readonly paramsIn?: 'query' | 'body';
  /** The fixed part of a body. */
  readonly body?: Record<string, unknown>;
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
    const rules = resource?.auth ?? auth;
    const spent = rules ? checkAuth(rules, seen, this.tokens) : { params: [] };
    if ('refused' in spent)
      return {
        status: 401,
        headers: spent.headers,
        body: { error: { message: `not authenticated: ${spent.refused}` } },
      };
    if (!resource) return { status: 404, body: { errors: [{ detail: `no ${seen.path}` }] } };
    if (seen.method !== (resource.method ?? 'GET')) return { status: 405, body: { detail: `not by ${seen.method}` } };
    if (resource.type !== undefined && !seen.headers.accept?.includes(resource.type))
      return { status: 406, body: { detail: `not as ${seen.headers.accept}` } };
    return pageOf(resource, seen, spent.params);
  }
}

/** Reads a request as a whole. */
export async function readRequest(request: IncomingMessage): Promise<Seen> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const origin = `http://${request.headers.host}`;
  const url = new URL(request.url ?? '', origin);
  const json = request.headers['content-type']?.includes('json');
  return {
    method: request.method ?? '',
    path: url.pathname,
    params: url.searchParams,
    body: json ? JSON.parse(text) : undefined,
    text,
    headers: request.headers,
    origin,
    target: request.url ?? '',
  };
}

export function send(response: ServerResponse, { status = 200, body = '', headers = {} }: Reply): void {
  const isText = typeof body === 'string' || body instanceof Uint8Array;
  const text = isText ? body : JSON.stringify(body);
  const type = isText ? 'text/html' : 'application/json';
  response.writeHead(status, { 'Content-Type': type, ...headers }).end(text);
}
