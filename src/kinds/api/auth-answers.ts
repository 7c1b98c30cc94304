import * as v from 'valibot';
import { choice, fields, line, list, oneOf, textMap, url, whole } from '../../answers/fields.ts';

const prefix = v.optional(
  v.pipe(v.string('must be text'), v.description('What stands before the key or token, such as "Token "')),
);

const oauth = {
  token_url: url('Where access tokens come from; {key} stands for a configuration key'),
  scopes: v.optional(list(line('A scope'), 'What the token is asked to be good for')),
  token_params: v.optional(textMap('Further parameters of the token request, such as audience')),
  client_auth: v.optional(
    choice(['body', 'basic'], 'Where the token request has the client_secret: in its body or in basic authentication'),
    'body',
  ),
};

const schemes = [
  fields({ type: v.literal('bearer') }),
  fields({
    type: v.literal('api_key'),
    in: v.optional(choice(['header', 'query', 'cookie', 'body'], 'Where the key goes'), 'header'),
    name: v.optional(line('The name of the header, parameter, cookie or field'), 'X-Api-Key'),
    prefix,
  }),
  fields({ type: v.literal('basic') }),
  fields({ type: v.literal('oauth2_client_credentials'), ...oauth }),
  fields({
    type: v.literal('oauth2_refresh_token'),
    ...oauth,
    rotating: v.optional(
      v.pipe(
        v.boolean('must be true or false'),
        v.description('True where each use of the refresh token gives a new one and ends the old one'),
      ),
    ),
  }),
  fields({
    type: v.literal('session_token'),
    login_path: line('The path below the base URL that user name and password are sent to'),
    login_method: v.optional(choice(['POST', 'GET'], 'How they are sent: as JSON, or as request parameters'), 'POST'),
    username_field: v.optional(line('What the user name is called in that request'), 'username'),
    password_field: v.optional(line('What the password is called in that request'), 'password'),
    token_path: line('Where the response has the token, such as data.token'),
    name: v.optional(line('The header that takes the token'), 'Authorization'),
    prefix,
    lifetime_seconds: v.optional(whole('How long a token lasts', 1), 3600),
  }),
  fields({
    type: v.literal('jwt'),
    algorithm: v.optional(
      choice(['HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512', 'ES256', 'ES384'], 'How the token is signed'),
      'RS256',
    ),
    claims: v.optional(textMap('What the token says, such as iss; {key} stands for a configuration key')),
    headers: v.optional(textMap("The token's own headers, such as kid; {key} stands for a configuration key")),
    lifetime_seconds: v.optional(whole('How long a token lasts', 1), 300),
  }),
] as const;

const scheme = oneOf('type', [...schemes]);

/** How requests are authenticated: one scheme, or several of which the configuration names one. */
export const auth = v.pipe(
  oneOf('type', [
    fields({ type: v.literal('none') }),
    ...schemes,
    fields({
      type: v.literal('choice'),
      schemes: v.pipe(
        v.record(
          v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_]*$/, 'must be lower-case letters, digits and _')),
          scheme,
          'must be a mapping of names to schemes',
        ),
        v.check(value => Object.keys(value).length > 1, 'must have two schemes or more'),
        v.description('The schemes by name; auth_type in the configuration says which, the first if it is empty'),
      ),
    }),
  ]),
  v.description('How requests are authenticated; the secrets become configuration keys'),
);

export type AuthAnswer = v.InferOutput<typeof auth>;
export type SchemeAnswer = v.InferOutput<typeof scheme>;
export type SchemeType = SchemeAnswer['type'];
