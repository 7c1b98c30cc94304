import * as v from 'valibot';
import { fields } from '../../../../answers/fields.ts';
import {
  askOAuth,
  BEARER_TOKEN,
  CLIENT_KEYS,
  oauthEntries,
  oauthOffline,
  oauthSecrets,
  oauthSentence,
  oauthTexts,
  tokenRequest,
} from '../oauth.ts';
import { authScheme } from '../scheme.ts';

const FOLDER = 'kinds/api/auth/oauth2_client_credentials';
const CLASSES = {
  body: { module: `${FOLDER}/client_credentials.py`, class: 'ClientCredentials' },
  basic: { module: `${FOLDER}/basic_client_credentials.py`, class: 'BasicClientCredentials' },
} as const;

/** Tokens for a client's ID and secret (RFC 6749, section 4.4). */
export const oauth2ClientCredentials = authScheme(
  fields({ type: v.literal('oauth2_client_credentials'), ...oauthEntries }),
  {
    question: { name: 'OAuth 2: client ID and secret', ask: askOAuth },
    keys: () => CLIENT_KEYS,
    texts: oauthTexts,
    sentence: oauthSentence,
    report: () => {},
    notes: () => [],
    packages: () => [],
    secrets: ({ client_auth }) => oauthSecrets(client_auth === 'body'),
    client: answer => [
      BEARER_TOKEN,
      {
        ...CLASSES[answer.client_auth],
        methods: ['request_token'],
        values: tokenRequest(answer, 'client_credentials'),
      },
    ],
    offline: () => oauthOffline([]),
  },
);
