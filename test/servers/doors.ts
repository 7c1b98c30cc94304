import type { Asked } from './real-server.ts';

/** What `--from` is given, and its other options. */
export interface Given {
  readonly what: string;
  readonly flags: Readonly<Record<string, unknown>>;
}

/** What a user has of a request that works; files are saved by a function. */
export type Door = (asked: Asked, url: string, save: (text: string) => string) => Given | Promise<Given>;

/** The address alone, with the headers of those who are let in. */
const address: Door = ({ path, address: own = path, headers = {} }, url) => ({
  what: `${url}${own}`,
  flags: { header: Object.entries(headers).map(([name, value]) => `${name}: ${value}`) },
});

const curl: Door = ({ path, headers = {}, body }, url) => {
  const options = Object.entries(headers).map(([name, value]) => ` -H '${name}: ${value}'`);
  const data = body ? ` -H 'Content-Type: application/json' -d '${JSON.stringify(body)}'` : '';
  return { what: `curl '${url}${path}'${options.join('')}${data}`, flags: {} };
};

/** Two pages of an application, as a browser saves them. */
const recorded: Door = async (asked, url, save) => {
  const first = await entry(url, asked);
  const next = asked.next(first.seen);
  const second = await entry(url, { ...asked, ...next });
  const log = { version: '1.2', entries: [first.entry, second.entry] };
  return { what: save(JSON.stringify({ log })), flags: {} };
};

const offline: Door = async (asked, url, save) => {
  const { what } = await recorded(asked, url, save);
  return { what, flags: { offline: true } };
};

export const DOORS: Readonly<Record<string, Door>> = {
  'an address': address,
  'a curl command': curl,
  'a recording': recorded,
  'a recording alone': offline,
};

type Request = Pick<Asked, 'path' | 'headers' | 'body'>;

/** Sends a request, and has it as recordings have it. */
async function entry(url: string, { path, headers = {}, body }: Request) {
  const json = body && JSON.stringify(body);
  const sent = { accept: 'application/json', ...headers, ...(json && { 'content-type': 'application/json' }) };
  const response = await fetch(`${url}${path}`, { method: json ? 'POST' : 'GET', headers: sent, body: json });
  const text = await response.text();
  return {
    seen: { headers: response.headers, body: JSON.parse(text) as unknown },
    entry: {
      request: {
        ...{ method: json ? 'POST' : 'GET', url: `${url}${path}`, headers: pairs(Object.entries(sent)) },
        ...(json && { postData: { mimeType: 'application/json', text: json } }),
      },
      response: {
        ...{ status: response.status, headers: pairs(response.headers.entries()) },
        content: { mimeType: 'application/json', text },
      },
    },
  };
}

function pairs(entries: Iterable<readonly [string, string]>) {
  return [...entries].map(([name, value]) => ({ name, value }));
}
