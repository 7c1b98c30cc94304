import { type Problem, UserError } from '../base/problems.ts';
import type { Input } from './input.ts';

/** Names and values of request headers. */
export type Headers = Readonly<Record<string, string>>;

/** How long a server may be silent, in milliseconds. */
const PATIENCE = 30_000;
const MAX_REDIRECTS = 5;

export function isAddress(source: string): boolean {
  return /^https?:\/\//i.test(source);
}

/** The headers of `--header 'Name: value'`. Throws a UserError for each that is none; it never has the value in it. */
export function readHeaders(given: readonly string[]): Headers {
  const pairs = given.map(text => /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*:[ \t]*([\t\x20-\x7e\x80-\xff]*)$/.exec(text));
  const hint = "write it as --header 'Name: value'";
  const wrong = pairs.flatMap((pair, index): Problem[] =>
    pair ? [] : [{ where: '--header', message: `number ${index + 1} is no header`, hint }],
  );
  if (wrong.length > 0) throw new UserError(wrong);
  return Object.fromEntries(pairs.map(pair => [pair?.[1] ?? '', pair?.[2] ?? '']));
}

/** What an address answers. */
export interface AddressInput extends Input {
  /** The headers of the answer, in lower case. */
  readonly headers: Headers;
}

/** How an address is asked. */
export interface Asking {
  /** How long the server may be silent, in milliseconds. */
  readonly patience?: number;
  /** JSON that is posted to it; without it, the request is a GET. */
  readonly json?: object | undefined;
}

/**
 * Requests an address and gives what it answers. Headers stay with the host they were given for, and so does what is posted.
 * Throws a UserError, without the query and the headers, which may hold secrets.
 */
export async function openAddress(
  source: string,
  headers: Headers,
  { patience = PATIENCE, json }: Asking = {},
): Promise<AddressInput> {
  const name = shownAddress(source);
  const silence = new Silence(patience);
  try {
    const response = await request(parsed(source), { headers, json }, silence.signal, name);
    if (!response.ok) throw refused(response, name);
    if (!response.body) throw new UserError({ where: name, message: 'answered without a body' });
    const size = Number(response.headers.get('content-length')) || undefined;
    return {
      name,
      chunks: body(response.body, silence, name),
      headers: Object.fromEntries(response.headers),
      ...(!response.headers.get('content-encoding') && { size }),
    };
  } catch (error) {
    silence.end();
    throw asUserError(error, name, patience);
  }
}

/** An address without its query and password. */
export function shownAddress(source: string): string {
  if (!URL.canParse(source)) return 'the address';
  const { origin, pathname } = new URL(source);
  return `${origin}${pathname}`;
}

function parsed(source: string): URL {
  const url = URL.canParse(source) ? new URL(source) : undefined;
  if (!url) throw new UserError({ message: 'this is no address', hint: 'it begins with https://' });
  if (!url.username && !url.password) return url;
  const hint = "give it as --header 'Authorization: Basic …'";
  throw new UserError({
    where: shownAddress(source),
    message: 'an address with a user name or password is not taken',
    hint,
  });
}

/** Follows redirections itself, since fetch would pass headers such as X-Api-Key on to other hosts. */
async function request(
  url: URL,
  { headers, json }: { readonly headers: Headers; readonly json: object | undefined },
  signal: AbortSignal,
  name: string,
): Promise<Response> {
  let at = url;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const own = at.origin === url.origin ? headers : {};
    const response = await fetch(at, {
      headers: { accept: 'application/json, */*', ...(json && { 'content-type': 'application/json' }), ...own },
      ...(json && { method: 'POST', body: JSON.stringify(json) }),
      redirect: 'manual',
      signal,
    });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null) return response;
    await response.body?.cancel();
    at = new URL(location, at);
    if (!isAddress(at.href) || (json && at.origin !== url.origin)) break;
  }
  throw new UserError({ where: name, message: 'is redirected too often, or to what is no address' });
}

async function* body(stream: AsyncIterable<Uint8Array>, silence: Silence, name: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of stream) {
      silence.broken();
      yield chunk;
    }
  } catch (error) {
    throw asUserError(error, name, silence.patience);
  } finally {
    silence.end();
  }
}

/** Ends a request when nothing has come for too long. */
class Silence {
  readonly patience: number;
  readonly #controller = new AbortController();
  #timer: NodeJS.Timeout;

  constructor(patience: number) {
    this.patience = patience;
    this.#timer = setTimeout(() => this.#controller.abort(), patience);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  broken(): void {
    this.#timer.refresh();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#controller.abort();
  }
}

function refused({ status, statusText }: Response, name: string): UserError {
  const needsHeader = status === 401 || status === 403;
  const hint = needsHeader ? "give what it asks for, such as --header 'Authorization: Bearer …'" : undefined;
  return new UserError({ where: name, message: `the server answered ${status} ${statusText}`.trim(), hint });
}

/** fetch hides the reason in the cause. */
function asUserError(error: unknown, name: string, patience: number): unknown {
  if (error instanceof UserError || !(error instanceof Error)) return error;
  if (error.name === 'AbortError')
    return new UserError(
      { where: name, message: `the server sent nothing for ${patience / 1000} seconds` },
      { cause: error },
    );
  const cause = error.cause instanceof Error ? error.cause : error;
  const reason = (cause as NodeJS.ErrnoException).code ?? cause.message;
  return new UserError({ where: name, message: `can't be reached: ${reason}` }, { cause: error });
}
