import { generateKeyPairSync, verify } from 'node:crypto';
import type { Reply, Seen } from '../strict-server.ts';
import { checkParams, expectSame, type Rebuilt, Refusal } from './rebuilt.ts';

const ACCOUNT = 'loader@acme.iam.test';
const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

const failed = (status: number, message: string): Reply => ({ status, body: { error: { code: status, message } } });

/** Google Sheets: a signed token for an access token, a header in the first row, and rows that end at their last cell. */
export function googleSheets(): Rebuilt {
  const rows: unknown[][] = [['Month', 'Amount', 'Note'], ['January', 12.5, 'paid'], [], ['February', 7]];

  /** RFC 7523. */
  const grant = ({ text }: Seen): Reply => {
    const form = new URLSearchParams(text);
    const [head = '', claims = '', signature = ''] = String(form.get('assertion')).split('.');
    const refuse = (what: string) => ({ status: 400, body: { error: 'invalid_grant', error_description: what } });
    if (!verify('sha256', Buffer.from(`${head}.${claims}`), publicKey, Buffer.from(signature, 'base64url')))
      throw new Refusal(refuse('Invalid JWT Signature.'));
    const { iss, aud, scope, iat, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString());
    if (iss !== ACCOUNT) throw new Refusal(refuse('Invalid grant: account not found'));
    if (!aud.endsWith('/token') || !scope || exp - iat > 3600) throw new Refusal(refuse('Invalid JWT'));
    const type = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
    expectSame([form.get('grant_type'), form.size], [type, 2], refuse('Invalid grant_type'));
    return { body: { access_token: 'ya29.a', expires_in: 3599, token_type: 'Bearer' } };
  };

  return {
    config: { client_email: ACCOUNT, private_key: privateKey, spreadsheet_id: 'the-sheet' },
    secret: 'client_email',
    refused: /account not found/,
    answer: seen => {
      if (seen.path === '/token') return grant(seen);
      expectSame(seen.headers.authorization, 'Bearer ya29.a', failed(401, 'invalid authentication credentials'));
      if (seen.path !== '/v4/spreadsheets/the-sheet/values/Budget') throw new Refusal(failed(404, 'not found'));
      checkParams(seen, { valueRenderOption: /^(UN)?FORMATTED_VALUE$/ }, [], what => failed(400, what));
      return { body: { range: 'Budget!A1:C1000', majorDimension: 'ROWS', values: rows } };
    },
    busy: [failed(429, 'Quota exceeded'), failed(503, 'The service is currently unavailable.')],
    fault: { reply: failed(403, 'The caller does not have permission'), message: /budget.*does not have permission/s },
    change: () => rows.push(['March', 9, 'open']),
    first: { budget: ['January', 'February'] },
    second: { budget: ['January', 'February', 'March'] },
  };
}
