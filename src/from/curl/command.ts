import { type Problem, UserError } from '../../base/problems.ts';
import type { SeenRequest } from '../requests/seen.ts';

/** Options of curl whose value has no meaning for a connector; `-o FILE` and the like. */
const WITH_VALUE = new Set(
  (
    '-o --output -w --write-out -m --max-time --connect-timeout --retry --retry-delay --retry-max-time --resolve --proxy -x ' +
    '--cacert --capath --ciphers --limit-rate --max-redirs --interface --dns-servers -c --cookie-jar -D --dump-header ' +
    '--proxy-user -U --noproxy --tls-max --trace --trace-ascii --stderr -y --speed-time -Y --speed-limit --ca-native ' +
    '-e --referer -A --user-agent --max-filesize -K --config -C --continue-at --unix-socket --keepalive-time'
  ).split(' '),
);
const DATA = new Set(['-d', '--data', '--data-raw', '--data-ascii', '--data-binary']);
/** Letters that take a value, which may follow at once: `-XPOST`, `-sSLXPOST`. */
const LETTERS_WITH_VALUE = 'XHudbFAeomxwDcKUyYCEQrTtzPQ';

/** What the words of a command have said so far. */
interface Draft {
  method: string | undefined;
  readonly urls: string[];
  readonly headers: [string, string][];
  readonly data: string[];
  readonly query: string[];
  readonly problems: string[];
  isQuery: boolean;
}

type Take = (value: string, draft: Draft) => void;

const OPTIONS: Readonly<Record<string, Take>> = {
  '--request': (value, draft) => {
    draft.method = value.toUpperCase();
  },
  '--header': (value, { headers }) => {
    const [, name, rest] = /^([^:;]+)[:;]\s*(.*)$/s.exec(value) ?? [];
    if (name !== undefined && rest !== undefined) headers.push([name.trim(), rest.trim()]);
  },
  '--user': (value, { headers }) => {
    const pair = value.includes(':') ? value : `${value}:`;
    headers.push(['Authorization', `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`]);
  },
  '--oauth2-bearer': (value, { headers }) => headers.push(['Authorization', `Bearer ${value}`]),
  '--cookie': (value, { headers, problems }) => {
    if (value.includes('=')) headers.push(['Cookie', value]);
    else problems.push('reads cookies from a file, which is not read: give them as -b NAME=VALUE');
  },
  '--url': (value, { urls }) => urls.push(value),
  '--url-query': (value, { query }) => query.push(encoded(value)),
  '--json': (value, draft) => {
    draft.data.push(value);
    draft.headers.push(['Content-Type', 'application/json']);
  },
  '--data-urlencode': (value, { data }) => data.push(encoded(value)),
  '--form': (_, { problems }) => problems.push('sends a form with parts (-F), which a connector can not'),
};
const SHORT: Readonly<Record<string, string>> = {
  '-X': '--request',
  '-H': '--header',
  '-u': '--user',
  '-b': '--cookie',
  '-F': '--form',
};

/** The requests that a command of curl sends. Throws a UserError with all that can't be told from its words. */
export function curlRequests(words: readonly string[], where: string): SeenRequest[] {
  const draft: Draft = {
    method: undefined,
    urls: [],
    headers: [],
    data: [],
    query: [],
    problems: [],
    isQuery: false,
  };
  readWords(words.slice(1), draft);
  const { urls, headers, data, query, problems, isQuery } = draft;
  if (data.some(text => text.startsWith('@')))
    problems.push('sends a file, which is not read: put its text in the place of @FILE');
  if (urls.length === 0) problems.push('has no address');
  const parsed = urls.map(url => [url, urlOf(url)] as const);
  for (const [, url] of parsed.filter(([, url]) => url === undefined || !/^https?:$/.test(url.protocol)))
    problems.push(
      `has ${url ? `an address with ${url.protocol}` : 'an address that is none'}: it begins with https://`,
    );
  if (problems.length > 0)
    throw new UserError(problems.map((message): Problem => ({ where, message: `the curl command ${message}` })));
  const body = isQuery ? '' : data.join('&');
  return parsed.flatMap(([, url]) => {
    if (!url) return [];
    for (const part of [...query, ...(isQuery ? data : [])]) url.search += `${url.search ? '&' : '?'}${part}`;
    const basic = takeUser(url);
    return [
      {
        method: draft.method ?? (body ? 'POST' : 'GET'),
        url,
        headers: basic && !headers.some(([name]) => /^authorization$/i.test(name)) ? [...headers, basic] : headers,
        body,
        response: undefined,
      },
    ];
  });
}

function readWords(words: readonly string[], draft: Draft): void {
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word.startsWith('--')) readOption(word, () => rest.shift() ?? '', draft);
    else if (word.startsWith('-') && word !== '-') readLetters(word.slice(1), () => rest.shift() ?? '', draft);
    else draft.urls.push(word);
  }
}

/** Several letters may stand together, of which the last may take a value. */
function readLetters(letters: string, next: () => string, draft: Draft): void {
  const at = [...letters].findIndex(letter => LETTERS_WITH_VALUE.includes(letter));
  for (const letter of at < 0 ? letters : letters.slice(0, at)) readOption(`-${letter}`, next, draft);
  if (at >= 0) readOption(`-${letters[at]}`, () => letters.slice(at + 1) || next(), draft);
}

function readOption(name: string, value: () => string, draft: Draft): void {
  const take = OPTIONS[SHORT[name] ?? name];
  if (name === '-G' || name === '--get') draft.isQuery = true;
  else if (DATA.has(name)) draft.data.push(value());
  else if (take) take(value(), draft);
  else if (WITH_VALUE.has(name) || (name.length === 2 && LETTERS_WITH_VALUE.includes(name[1] as string))) value();
}

/** `name=value`, of which curl encodes the value alone. */
function encoded(text: string): string {
  const at = text.indexOf('=');
  return at <= 0
    ? encodeURIComponent(text.slice(at + 1))
    : `${text.slice(0, at)}=${encodeURIComponent(text.slice(at + 1))}`;
}

/** curl takes an address without its scheme for one of HTTP. */
function urlOf(text: string): URL | undefined {
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  return URL.canParse(whole) ? new URL(whole) : undefined;
}

/** The user name and password that stand in an address, as the header that they become. */
function takeUser(url: URL): readonly [string, string] | undefined {
  if (!url.username && !url.password) return undefined;
  const pair = `${decoded(url.username)}:${decoded(url.password)}`;
  url.username = '';
  url.password = '';
  return ['Authorization', `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
