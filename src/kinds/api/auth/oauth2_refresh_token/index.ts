import * as v from 'valibot';
import type { Ask } from '../../../../answers/ask.ts';
import { fields } from '../../../../answers/fields.ts';
import type { RawAnswers } from '../../../../answers/raw-answers.ts';
import type { ConfigKey } from '../../../../connector/model.ts';
import { secretKey } from '../keys.ts';
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

const definition = fields({
  type: v.literal('oauth2_refresh_token'),
  ...oauthEntries,
  rotating: v.optional(
    v.pipe(
      v.boolean('must be true or false'),
      v.description('True where each use of the refresh token gives a new one and ends the old one'),
    ),
  ),
});

type Answer = v.InferOutput<typeof definition>;

const TOKEN_FILE: ConfigKey = {
  name: 'token_file',
  description:
    'A file that keeps the newest refresh token from run to run, on a disk that all runs share; by default beside the data of Mage',
  required: false,
  secret: false,
};

const ROTATION = [
  'The API replaces the refresh token at each use. Mage hands a connector its configuration as a copy, so the new token cannot be written back there: it is kept in a file,',
  'beside the data of Mage (`MAGE_DATA_DIR`, or else `~/.mage_data`), for each configured `refresh_token` one. All runs, and the test of the connection, have to share that folder:',
  'where they do not (executors in containers without a mounted volume), `token_file` names a file on a disk that they share and that others cannot read.',
  'Where the token cannot be kept, it is not used: nothing is lost. Once a token is lost or revoked, `refresh_token` is configured anew.',
].join(' ');

const FOLDER = 'kinds/api/auth/oauth2_refresh_token';
const LASTING = { module: `${FOLDER}/refresh_token.py`, class: 'RefreshToken' };
const ROTATING = { module: `${FOLDER}/rotating_token.py`, class: 'RotatingToken' };
const CLASSES = {
  lasting: {
    body: LASTING,
    none: LASTING,
    basic: { module: `${FOLDER}/basic_refresh_token.py`, class: 'BasicRefreshToken' },
  },
  rotating: {
    body: ROTATING,
    none: ROTATING,
    basic: { module: `${FOLDER}/basic_rotating_token.py`, class: 'BasicRotatingToken' },
  },
} as const;

/** Tokens for a refresh token (RFC 6749, section 6). */
export const oauth2RefreshToken = authScheme(definition, {
  question: { name: 'OAuth 2: client ID, secret and refresh token', ask: askRefresh },
  keys: answer => [
    ...clientKeys(answer),
    secretKey('refresh_token', 'What access tokens are got with'),
    ...(answer.rotating ? [TOKEN_FILE] : []),
  ],
  texts: oauthTexts,
  sentence: oauthSentence,
  report: reportOAuth,
  notes: ({ rotating }) => (rotating ? [ROTATION] : []),
  packages: () => [],
  secrets: answer => oauthSecrets(answer, true),
  client: (answer, { shapesRefreshes }) => [
    tokenSender(answer),
    ...(shapesRefreshes || isShaped(answer) ? shapedFeatures(answer) : plainFeatures(answer)),
  ],
  offline: answer =>
    oauthOffline(
      answer,
      answer.rotating
        ? [{ module: `${FOLDER}/offline.py`, class: 'KeptTokenTests', names: ['sign_tokens'], values: {} }]
        : [],
    ),
});

function plainFeatures(answer: Answer): SchemeFeature[] {
  const values = tokenRequest(answer, { grant_type: 'refresh_token' });
  return [
    { ...CLASSES[answer.rotating ? 'rotating' : 'lasting'][answer.client_auth], methods: ['request_token'], values },
  ];
}

/** The request has the newest refresh token, whatever it is by then. */
function shapedFeatures(answer: Answer): SchemeFeature[] {
  const { path, expires } = tokenPlaces(answer);
  const request = shapedRequest(answer, { grant_type: 'refresh_token', refresh_token: '{refresh_token}' });
  const scheme = answer.rotating
    ? { module: `${FOLDER}/shaped_rotating_token.py`, class: 'ShapedRotatingToken' }
    : { module: `${FOLDER}/shaped_refresh_token.py`, class: 'ShapedRefreshToken' };
  const values = { ...request, TOKEN_ANSWER: { token: path, expires } };
  return [{ ...scheme, methods: ['request_token'], values }, ...tokenFeatures(answer, answer.client_auth === 'basic')];
}

async function askRefresh(ask: Ask, { rotating: known, ...now }: RawAnswers): Promise<RawAnswers> {
  const answers = await askOAuth(ask, now);
  const rotating = await ask.confirm('rotating', {
    message: 'Does each use of the refresh token replace it',
    help: 'then the newest is kept in a file, from run to run',
    default: known === true,
  });
  return { ...answers, ...(rotating && { rotating }) };
}
