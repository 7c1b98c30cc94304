import { UserError } from '../../base/problems.ts';
import { parseJson } from '../../schema/read/json.ts';
import type { RecordedResponse } from '../described.ts';
import type { Proof } from './auth.ts';

/** How many requests a run sends, and how long it waits between two of them, in milliseconds. */
export interface Bounds {
  readonly requests: number;
  readonly pause: number;
  /** The longest that a server may take. */
  readonly patience: number;
}

export const BOUNDS: Bounds = { requests: 60, pause: 250, patience: 20_000 };
/** More than a page has. */
const MAX_BYTES = 20_000_000;

/** A request, below a base URL or at an address of its host. */
export interface LiveRequest {
  readonly url: URL;
  /** The base URL: its host alone is asked. */
  readonly base: URL;
  /** Who asks. */
  readonly proof: Proof;
  /** The request parameters in its body, as texts. */
  readonly sent: Readonly<Record<string, string>>;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  /** A body of JSON, or a form; undefined for none. */
  readonly body: unknown;
}

/** What a server answered, or in a few words, without secrets, why that is of no use. */
export type LiveAnswer = RecordedResponse | LiveFailure;

export interface LiveFailure {
  readonly failure: string;
  /** Of a response that is none of success. */
  readonly status?: number;
}

/** Asks an API a bounded number of questions, of the hosts of its base URLs alone. */
export class LiveClient {
  readonly #bounds: Bounds;
  /** How many requests each host was sent. */
  readonly hosts = new Map<string, number>();

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  get sent(): number {
    return [...this.hosts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** True where no more may be asked. */
  get isSpent(): boolean {
    return this.sent >= this.#bounds.requests;
  }

  async ask({ url, base, proof, sent, method, headers, body }: LiveRequest): Promise<LiveAnswer> {
    if (url.origin !== base.origin)
      return { failure: `${url.host} is another host than the base URL's, and is not asked` };
    if (this.isSpent) return { failure: `${this.#bounds.requests} requests were sent, which is the most` };
    if (this.sent > 0) await new Promise(resolve => setTimeout(resolve, this.#bounds.pause));
    this.hosts.set(url.host, (this.hosts.get(url.host) ?? 0) + 1);
    const asked = new URL(url);
    for (const [name, value] of Object.entries(proof.params)) asked.searchParams.set(name, value);
    if (Object.keys(proof.params).length > 0) asked.search = asked.search.replaceAll('+', '%20');
    const isForm = body instanceof URLSearchParams;
    try {
      const response = await fetch(asked, {
        method,
        headers: {
          accept: 'application/json, */*',
          ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
          ...headers,
          ...proof.headers,
        },
        ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
        redirect: 'manual',
        signal: AbortSignal.timeout(this.#bounds.patience),
      });
      return await this.#read(response, url, sent);
    } catch (error) {
      const { name, cause } = error as Error;
      if (error instanceof UserError) return { failure: 'it answers with something that is no JSON' };
      const reason = (cause as NodeJS.ErrnoException | undefined)?.code ?? name;
      return {
        failure:
          name === 'TimeoutError'
            ? `it sent nothing for ${this.#bounds.patience / 1000} seconds`
            : `it can't be reached: ${reason}`,
      };
    }
  }

  async #read(response: Response, url: URL, sent: LiveRequest['sent']): Promise<LiveAnswer> {
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      return { failure: `it is redirected (${response.status}), which is not followed` };
    }
    if (!response.ok) {
      await response.body?.cancel();
      return { failure: `it answers ${response.status} ${response.statusText}`.trim(), status: response.status };
    }
    const text = await limited(response);
    if (text === undefined) return { failure: `it answers with more than ${MAX_BYTES / 1_000_000} MB` };
    const headers = Object.fromEntries(response.headers);
    return { url: url.href, sent, headers, body: parseJson(text, 'the response') };
  }
}

async function limited(response: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MAX_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
