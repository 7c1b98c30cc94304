import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it was sent. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  /** As pairs, since a parameter may come several times. */
  readonly params: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, unknown>>;
  readonly type: string | undefined;
  readonly body: string;
}

/** An answer that sends a request on. */
export class Redirect {
  readonly location: string;

  constructor(location: string) {
    this.location = location;
  }
}

/** A server that answers each request by a function, with JSON unless it is text. */
export async function textServer(answer: (sent: Sent) => unknown) {
  const sent: Sent[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const url = new URL(request.url ?? '/', 'http://localhost');
    const { method = '', headers } = request;
    const params = [...url.searchParams];
    sent.push({ method, path: decodeURIComponent(url.pathname), params, headers, type: headers['content-type'], body });
    const found = answer(sent.at(-1) as Sent);
    if (found instanceof Redirect) response.writeHead(307, { Location: found.location }).end();
    else response.end(typeof found === 'string' ? found : JSON.stringify(found));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    sent,
    port: (server.address() as AddressInfo).port,
    close: () => new Promise<void>(resolve => server.close(() => resolve()).closeAllConnections()),
  };
}

export type TextServer = Awaited<ReturnType<typeof textServer>>;
