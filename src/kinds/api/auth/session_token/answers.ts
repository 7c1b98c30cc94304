import * as v from 'valibot';
import { choice, fields, line } from '../../../../answers/fields.ts';
import { headerName } from '../../../../answers/header-name.ts';
import { placePath } from '../../../../records/response-path.ts';
import { prefix, tokenForm } from '../prefix.ts';
import { authTexts } from '../texts.ts';
import { expiryEntries, lifetime } from '../token-answer.ts';

/** The answers of a log-in. */
export const definition = fields({
  type: v.literal('session_token'),
  login_path: line('The path below the base URL that user name and password are sent to'),
  login_method: v.optional(choice(['POST', 'GET'], 'How they are sent: as JSON, or as request parameters'), 'POST'),
  username_field: v.optional(line('What the user name is called in that request (default: username)')),
  password_field: v.optional(line('What the password is called in that request (default: password)')),
  login_body: v.optional(
    v.pipe(
      v.record(v.string(), v.unknown(), 'must be a mapping'),
      v.description('What the log-in has instead; {key} in its texts stands for a configuration key'),
    ),
  ),
  login_body_as: v.optional(choice(['json', 'form'], 'How the log-in writes that (default: json)')),
  login_headers: v.optional(authTexts('Further headers of the log-in; {key} stands for a configuration key')),
  token_path: v.optional(
    placePath('Where the response has the token, such as data.token (default: the response is nothing but the token)'),
  ),
  token_from_header: v.optional(headerName('The header of the response that has the token instead')),
  token_from_cookie: v.optional(
    line('The cookie of the response that has the token instead, which goes back as a cookie'),
  ),
  name: v.optional(headerName('The header that takes the token (default: Authorization)')),
  prefix,
  ...expiryEntries,
  lifetime_seconds: v.optional(lifetime, 3600),
});

export type LoginAnswer = v.InferOutput<typeof definition>;

/** How the token is sent: in which header, and as what, in which {} stands for it. */
export interface SentAs {
  readonly name: string;
  readonly form: string;
}

/** What the answers say of that. */
export function sentAs({ name: given, prefix: before, token_from_cookie: cookie }: LoginAnswer): SentAs {
  if (cookie !== undefined && given === undefined)
    return { name: 'Cookie', form: `${cookie.replaceAll(/[{}]/g, '$&$&')}=${tokenForm('Cookie', before)}` };
  const name = given ?? 'Authorization';
  return { name, form: tokenForm(name, before) };
}
