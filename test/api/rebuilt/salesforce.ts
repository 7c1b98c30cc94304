import type { Reply, Seen } from '../strict-server.ts';
import { checkParams, cut, expectSame, type Rebuilt, Refusal } from './rebuilt.ts';

const CLIENT = { client_id: '3MVG9-client', client_secret: 'salesforce-secret' };
const TOKEN = '00D-token';
const SIZE = 2000;
const QUERY = '/services/data/v62.0/query';

const wrong = (errorCode: string, message: string, status = 400): Reply => ({ status, body: [{ errorCode, message }] });
const at = (minute: number) => new Date(Date.UTC(2024, 0, 1, 0, minute)).toISOString().replace('Z', '+0000');

/** Salesforce: SOQL in a parameter, two thousand records a page, the next by an address without parameters. */
export function salesforce(): Rebuilt {
  const accounts = Array.from({ length: SIZE + 2 }, (_, index) => ({ Id: `001${index}`, SystemModstamp: at(index) }));
  const tasks = [5, 9].map(minute => ({
    Id: `00T${minute}`,
    OwnerId: '0052',
    Subject: 'Call',
    SystemModstamp: at(minute),
  }));
  const opened = new Map<string, readonly object[]>();

  const select = (soql: string): readonly object[] => {
    const since =
      /^SELECT Id, Name, Industry, SystemModstamp FROM Account WHERE SystemModstamp >= (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) ORDER BY SystemModstamp$/.exec(
        soql,
      )?.[1];
    if (soql === 'SELECT Id, Name, Email FROM User')
      return ['0051', '0052'].map(Id => ({ attributes: { type: 'User' }, Id, Name: 'Ada', Email: null }));
    const [, owner, from] =
      /^SELECT Id, Subject, SystemModstamp FROM Task WHERE OwnerId = '(\w+)' AND SystemModstamp >= ([\d-]{10}T[\d:]{8}Z)$/.exec(
        soql,
      ) ?? [];
    if (from)
      return tasks
        .filter(({ OwnerId, SystemModstamp }) => OwnerId === owner && Date.parse(SystemModstamp) >= Date.parse(from))
        .map(({ OwnerId: _, ...task }) => ({ attributes: { type: 'Task' }, ...task }));
    if (since)
      return accounts
        .filter(({ SystemModstamp }) => Date.parse(SystemModstamp) >= Date.parse(since))
        .sort((one, other) => Date.parse(one.SystemModstamp) - Date.parse(other.SystemModstamp))
        .map(each => ({ attributes: { type: 'Account' }, Name: each.Id, Industry: null, ...each }));
    throw new Refusal(wrong('MALFORMED_QUERY', soql));
  };

  const answer = (seen: Seen): Reply => {
    const wanted = [seen.path.slice(0, QUERY.length), seen.method];
    expectSame(wanted, [QUERY, 'GET'], wrong('NOT_FOUND', seen.path, 404));
    const locator = seen.path.slice(QUERY.length + 1);
    checkParams(seen, locator ? {} : { q: /^.+$/ }, locator ? [] : ['q'], what => wrong('MALFORMED_QUERY', what));
    const [key = '', start] = locator ? locator.split('-') : [`01g${opened.size}`, '0'];
    if (!locator) opened.set(key, select(String(seen.params.get('q'))));
    const found = opened.get(key);
    if (!found) throw new Refusal(wrong('INVALID_QUERY_LOCATOR', 'invalid query locator'));
    const { page, next } = cut(found, Number(start), SIZE);
    const more = next ? { nextRecordsUrl: `${QUERY}/${key}-${next}` } : {};
    return { body: { totalSize: found.length, done: !next, records: page, ...more } };
  };

  return {
    config: { ...CLIENT, my_domain: 'acme', start_date: new Date(Date.UTC(2024, 0, 1, 0, 1)).toISOString() },
    secret: 'client_secret',
    refused: /invalid_client/,
    answer: seen => {
      if (seen.path === '/services/oauth2/token') {
        const given = Object.fromEntries(new URLSearchParams(seen.text));
        const failed = {
          status: 400,
          body: { error: 'invalid_client', error_description: 'invalid client credentials' },
        };
        expectSame(given, { grant_type: 'client_credentials', ...CLIENT }, failed);
        return { body: { access_token: TOKEN, token_type: 'Bearer', instance_url: seen.origin, issued_at: '1' } };
      }
      const expired = wrong('INVALID_SESSION_ID', 'Session expired or invalid', 401);
      expectSame(seen.headers.authorization, `Bearer ${TOKEN}`, expired);
      return answer(seen);
    },
    busy: [{ status: 503 }, wrong('INVALID_SESSION_ID', 'Session expired or invalid', 401)],
    fault: {
      reply: wrong('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.', 403),
      message: /accounts.*No requests are left of the last 24 hours.*TotalRequests/s,
    },
    change: () => {
      accounts.splice(7, 1, { Id: '0017', SystemModstamp: at(5000) });
      tasks.push({ Id: '00T10', OwnerId: '0051', Subject: 'Mail', SystemModstamp: at(10) });
    },
    first: { accounts: accounts.slice(1).map(({ Id }) => Id), users: ['0051', '0052'], tasks: ['00T5', '00T9'] },
    second: { accounts: ['0012001', '0017'], users: ['0051', '0052'], tasks: ['00T10', '00T9'] },
  };
}
