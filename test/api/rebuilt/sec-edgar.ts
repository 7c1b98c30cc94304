import type { Reply } from '../strict-server.ts';
import { checkParams, expectSame, type Rebuilt, Refusal } from './rebuilt.ts';

const CONTACT = 'Acme data data@acme.test';
const CIKS = ['0000000001', '0000000002'];

const refused = (status: number, Message: string): Reply => ({ status, body: { Message } });

/** SEC EDGAR: a list for each column, from the newest filing on, and nothing for whom doesn't say who asks. */
export function secEdgar(): Rebuilt {
  const days: Record<string, number[]> = { '0000000001': [3, 2, 1], '0000000002': [] };
  const at = (day: number) => new Date(Date.UTC(2024, 0, day)).toISOString();
  const key = (cik: string, day: number) => `${cik}-24-${String(day).padStart(6, '0')}`;

  return {
    config: { contact: CONTACT, ciks: CIKS.join(', ') },
    secret: 'contact',
    refused: /Undeclared Automated Tool/,
    answer: seen => {
      expectSame(seen.headers['user-agent'], CONTACT, refused(403, 'Undeclared Automated Tool'));
      const [, cik = ''] = /^\/submissions\/CIK(\d{10})\.json$/.exec(seen.path) ?? [];
      const found = days[cik];
      if (!found) throw new Refusal(refused(404, 'NoSuchKey'));
      checkParams(seen, {}, [], what => refused(400, what));
      const recent = {
        accessionNumber: found.map(day => key(cik, day)),
        filingDate: found.map(day => at(day).slice(0, 10)),
        acceptanceDateTime: found.map(at),
        form: found.map(() => '10-K'),
        size: found.map(day => 1000 * day),
      };
      return { body: { cik, name: 'Acme', filings: { recent, files: [] } } };
    },
    busy: [{ status: 429, headers: { 'Retry-After': '0' } }, refused(503, 'down')],
    fault: { reply: refused(404, 'NoSuchKey'), message: /filings.*NoSuchKey/s },
    change: () => days['0000000002']?.unshift(5),
    first: { filings: [3, 2, 1].map(day => key('0000000001', day)) },
    second: { filings: [key('0000000001', 3), key('0000000002', 5)] },
  };
}
