import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DescribedApi } from '../../src/from/described.ts';
import { toAnswers } from '../../src/from/to-answers.ts';
import { connectorOf } from '../api/support.ts';
import { selectAll } from '../framework/catalog.ts';
import type { Outcome } from '../framework/output.ts';

export type Answer = (
  path: string,
  params: URLSearchParams,
  body: string,
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<unknown> | unknown;

/** A server that answers as the test says, and keeps what it was asked. */
export async function serve(
  answer: Answer,
): Promise<{ readonly server: Server; readonly port: number; readonly asked: string[] }> {
  const asked: string[] = [];
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    asked.push(request.url ?? '');
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const value = await answer(pathname, searchParams, body, request, response);
    response.writeHead(value === undefined ? 404 : 200, { 'Content-Type': 'application/json' });
    response.end(typeof value === 'string' ? value : JSON.stringify(value ?? {}));
  };
  const server = createServer((request, response) => void respond(request, response));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port, asked };
}

/** The connector that a description makes, with nothing written by hand but its address and credentials. */
export async function connectorFor(api: DescribedApi, config: object) {
  const { answers } = toAnswers(api);
  const { connector } = await connectorOf({ ...answers, base_url: 'http://127.0.0.1:{port}' });
  const configured = connector.with({ ...config });
  const catalog = selectAll(await configured.catalog());
  return (state?: unknown): Promise<Outcome> => configured.run({ catalog, state });
}
