import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a test server answers; a `body` that is neither text nor bytes is sent as JSON. */
export interface Answer {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

export interface TestServer {
  /** `http://127.0.0.1:port`, without a slash at the end. */
  readonly url: string;
  readonly requests: readonly {
    readonly method: string;
    readonly url: string;
    readonly headers: IncomingMessage['headers'];
  }[];
  close(): Promise<void>;
}

/** Serves HTTP on a free local port and records the requests; the answer may depend on what was sent. */
export async function serve(answer: (url: URL, request: IncomingMessage, sent: string) => Answer): Promise<TestServer> {
  const requests: { method: string; url: string; headers: IncomingMessage['headers'] }[] = [];
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    requests.push({ method, url, headers });
    const chunks: Buffer[] = [];
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', () => {
      const sent = Buffer.concat(chunks).toString('utf8');
      send(response, answer(new URL(url, `http://${headers.host}`), request, sent));
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () => new Promise(resolve => server.close(() => resolve()).closeAllConnections()),
  };
}

function send(response: ServerResponse, { status = 200, body = '', headers = {} }: Answer): void {
  const isText = typeof body === 'string' || body instanceof Uint8Array;
  const text = isText ? body : JSON.stringify(body);
  const type = isText ? 'text/plain' : 'application/json';
  response.writeHead(status, { 'Content-Type': type, ...headers }).end(text);
}
