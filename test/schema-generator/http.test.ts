import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openAddress, readHeaders, shownAddress } from '../../src/refresh/http.ts';
import { readEvidence } from '../../src/refresh/read.ts';
import { savedAnswers } from '../../src/refresh/save.ts';
import { connectorOf, messageOf, planIn } from './support.ts';

const servers: Server[] = [];

/** A server at an address of its own, and the requests that it got. */
async function serve(listener: RequestListener): Promise<{ url: string; requests: IncomingMessage[] }> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    listener(request, response);
  });
  servers.push(server);
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

const read = async (url: string, headers = {}, patience?: number) =>
  readEvidence(await openAddress(url, headers, { patience }), { stream: 'deals' });

describe('a sample from an address', () => {
  after(() => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  });

  it('is requested with the headers, several of them', async () => {
    const { url, requests } = await serve((_, response) => response.end('{"data": [{"id": 1}]}'));
    const folder = connectorOf();
    const header = ['Authorization: Bearer s3cret', 'X-Team:eu'];
    const { merged } = await planIn(folder, { name: 'deals', from: `${url}/deals?page=1`, header });
    assert.deepEqual(merged.added, ['id']);
    const { authorization, 'x-team': team } = requests[0]?.headers ?? {};
    assert.deepEqual([requests[0]?.url, authorization, team], ['/deals?page=1', 'Bearer s3cret', 'eu']);
  });

  it('may be JSON Lines of any length', async () => {
    const { url } = await serve((_, response) => response.end('{"id": 1}\n'.repeat(100_000)));
    assert.equal((await read(url)).records, 100_000);
  });

  it('may come slowly, as long as it comes', async () => {
    const { url } = await serve(async (_, response) => {
      for (let id = 0; id < 4; id++) {
        response.write(`{"id": ${id}}\n`);
        await new Promise(done => setTimeout(done, 150));
      }
      response.end();
    });
    assert.equal((await read(url, {}, 400)).records, 4);
  });

  it('keeps the headers from other hosts', async () => {
    const other = await serve((_, response) => response.end('[{"id": 1}]'));
    const { url, requests } = await serve((request, response) => {
      const location = request.url === '/b' ? `${other.url}/c` : '/b';
      response.writeHead(302, { location }).end();
    });
    await read(`${url}/a`, { 'X-Api-Key': 's3cret' });
    assert.deepEqual(
      requests.map(({ headers }) => headers['x-api-key']),
      ['s3cret', 's3cret'],
    );
    assert.deepEqual([other.requests[0]?.url, other.requests[0]?.headers['x-api-key']], ['/c', undefined]);
  });

  it('says what the server answered, without secrets', async () => {
    const { url } = await serve((request, response) => {
      const status = Number(request.url?.slice(1, 4));
      response.writeHead(status, status === 302 ? { location: '/302' } : {}).end('<html>');
    });
    const fails = (path: string) => messageOf(() => read(`${url}${path}?api_key=s3cret`, { Authorization: 's3cret' }));
    assert.equal(
      await fails('/401'),
      `${url}/401: the server answered 401 Unauthorized (give what it asks for, such as --header 'Authorization: Bearer …')`,
    );
    assert.equal(await fails('/500'), `${url}/500: the server answered 500 Internal Server Error`);
    assert.equal(await fails('/302'), `${url}/302: is redirected too often, or to what is no address`);
    assert.match(await fails('/200'), /\/200: is HTML or XML/);
    const wrong = url.replace('http://', 'http://me:s3cret@');
    assert.equal(
      await messageOf(() => read(wrong)),
      `${url}/: an address with a user name or password is not taken (give it as --header 'Authorization: Basic …')`,
    );
  });

  it('says that it cannot be reached, that nothing comes, or that it broke off', async () => {
    const { url: silent } = await serve(() => {});
    assert.equal(await messageOf(() => read(silent, {}, 100)), `${silent}/: the server sent nothing for 0.1 seconds`);
    const { url: stalls } = await serve((_, response) => void response.write('{"id": 1}\n'));
    assert.equal(await messageOf(() => read(stalls, {}, 300)), `${stalls}/: the server sent nothing for 0.3 seconds`);
    const { url: broken } = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"id": 1}\n');
      setTimeout(() => response.destroy(), 50);
    });
    assert.match(await messageOf(() => read(broken)), /^http:\S+\/: can't be reached: /);
    assert.match(await messageOf(() => read('http://127.0.0.1:9')), /can't be reached: (?:ECONNREFUSED|bad port)$/);
  });

  it('takes no header that is none, and shows none of it', async () => {
    assert.deepEqual(readHeaders(['A: b', "x-y:c: 'd'"]), { A: 'b', 'x-y': "c: 'd'" });
    assert.equal(
      await messageOf(async () => readHeaders(['s3cret', 'A: b', 'A: b\nC: s3cret'])),
      "2 problems:\n  - --header: number 1 is no header (write it as --header 'Name: value')\n  - --header: number 3 is no header (write it as --header 'Name: value')",
    );
  });

  it('is saved without the parameters that hold secrets', () => {
    assert.equal(shownAddress('https://a.test/x?api_key=s3cret#y'), 'https://a.test/x');
    const [saved] = savedAnswers(
      { stream: 'x', sample: 'https://a.test/x?page=1&api_key=s3cret' },
      '/',
      '/nowhere/x.yaml',
    );
    assert.equal(saved?.content, 'stream: x\nsample: https://a.test/x?page=1\n');
  });
});
