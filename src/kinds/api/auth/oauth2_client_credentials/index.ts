import * as v from 'valibot';
import { fields, line } from '../../../../answers/fields.ts';
import { plainKey, secretKey } from '../keys.ts';
import {
  askOAuth,
  clientKeys,
  isShaped,
  oauthEntries,
  oauthOffline,
  oauthSecrets,
  oauthSentence,
  oauthTexts,
  reportOAuth,
  shapedRequest,
  tokenPlaces,
  tokenRequest,
  tokenSender,
} from '../oauth.ts';
import { authScheme, type SchemeFeature } from '../scheme.ts';
import { tokenFeatures } from '../token-answer.ts';

const FOLDER = 'kinds/api/auth/oauth2_client_credentials';
const PLAIN = { module: `${FOLDER}/client_credentials.py`, class: 'ClientCredentials' };
const CLASSES = {
  body: PLAIN,
  none: PLAIN,
  basic: { module: `${FOLDER}/basic_client_credentials.py`, class: 'BasicClientCredentials' },
} as const;

const definition = fields({
  type: v.literal('oauth2_client_credentials'),
  ...oauthEntries,
  grant_type: v.optional(
    line('The grant_type of the token request, such as password or account_credentials (default: client_credentials)'),
  ),
});

type Answer = v.InferOutput<typeof definition>;

/** Tokens for a client's ID and secret (RFC 6749, section 4.4), or by a grant of the API's own. */
export const oauth2ClientCredentials = authScheme(definition, {
  question: { name: 'OAuth 2: client ID and secret', ask: askOAuth },
  keys: answer => [
    ...clientKeys(answer),
    ...(hasPassword(answer) ? [plainKey('username', 'The user name'), secretKey('password', 'The password')] : []),
  ],
  texts: oauthTexts,
  sentence: oauthSentence,
  report: reportOAuth,
  notes: () => [],
  packages: () => [],
  secrets: answer => oauthSecrets(answer, hasPassword(answer)),
  client: answer => [tokenSender(answer), ...grantFeatures(answer)],
  offline: answer => oauthOffline(answer, []),
});

/** The password of RFC 6749, section 4.3, unless the answers say themselves what is sent. */
function hasPassword({ grant_type, token_params = {} }: Answer): boolean {
  return grant_type === 'password' && !('password' in token_params);
}

function grantFeatures(answer: Answer): SchemeFeature[] {
  const grant = {
    grant_type: answer.grant_type?.replaceAll(/[{}]/g, '$&$&') ?? 'client_credentials',
    ...(hasPassword(answer) && { username: '{username}', password: '{password}' }),
  };
  const methods = ['request_token'] as const;
  if (!isShaped(answer)) return [{ ...CLASSES[answer.client_auth], methods, values: tokenRequest(answer, grant) }];
  const { path, expires } = tokenPlaces(answer);
  const values = { ...shapedRequest(answer, grant), TOKEN_PATH: path, EXPIRES: expires };
  return [
    { module: `${FOLDER}/shaped_grant.py`, class: 'ShapedGrant', methods, values },
    ...tokenFeatures(answer, answer.client_auth === 'basic'),
  ];
}
