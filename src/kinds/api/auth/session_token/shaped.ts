import { DEEPEST, depthOf } from '../../../../base/depth.ts';
import { headerFault } from '../../../../base/headers.ts';
import { pathOf } from '../../../../base/paths.ts';
import { placeholderFault, textsIn } from '../../../../base/placeholders.ts';
import type { RuntimeClass } from '../../../../python/compose/composition.ts';
import type { Value } from '../../../../python/compose/values.ts';
import { formatTexts } from '../../../../python/literal.ts';
import { pathValue } from '../../../../records/response-path.ts';
import { checksToken } from '../fake.ts';
import type { SchemeFeature, SchemeOffline, SchemeReport, SchemeTest } from '../scheme.ts';
import { expiryValue, FAKE_ANSWERS, reportExpiry, tokenFeatures } from '../token-answer.ts';
import type { LoginAnswer, SentAs } from './answers.ts';

const FOLDER = 'kinds/api/auth/session_token';

/** True for a log-in that is more than user name and password in one mapping, or a token at keys of the response. */
export function isShaped({ login_body, login_body_as, login_headers, expires_path, ...answer }: LoginAnswer): boolean {
  const { token_path = '', token_from_header, token_from_cookie } = answer;
  const given = [login_body, login_headers, expires_path, token_from_header, token_from_cookie];
  return (
    login_body_as === 'form' ||
    given.some(Boolean) ||
    token_path === '' ||
    pathOf(token_path).some(step => 'index' in step)
  );
}

/** Reports what the answers of a log-in say together and can't be. */
export function reportLogin(answer: LoginAnswer, report: SchemeReport): void {
  const { login_method, login_body, login_body_as, login_headers = {} } = answer;
  const places = ['token_path', 'token_from_header', 'token_from_cookie'] as const;
  for (const key of places.filter(place => answer[place] !== undefined).slice(1))
    report(key, 'says where the token is once more', 'one of token_path, token_from_header and token_from_cookie');
  if (login_body !== undefined) {
    for (const key of ['username_field', 'password_field'] as const)
      if (answer[key] !== undefined) report(key, 'has no use beside login_body, which has all fields');
    const fault = textsIn(login_body).map(placeholderFault).find(Boolean);
    if (fault) report('login_body', fault);
    if (depthOf(login_body) > DEEPEST) report('login_body', `is nested more than ${DEEPEST} deep`);
    if (login_method === 'GET') report('login_body', 'has no place in a GET request', 'login_method: POST');
    if (login_body_as === 'form' && Object.values(login_body).some(value => typeof value === 'object'))
      report('login_body', 'is nested, which a form has no way to write', 'login_body_as: json');
  } else if (login_body_as !== undefined && login_method === 'GET')
    report('login_body_as', 'has no use in a GET request', 'login_method: POST');
  for (const [name, value] of Object.entries(login_headers)) {
    const fault = headerFault(name, value);
    if (fault) report(['login_headers', name], fault);
  }
  reportExpiry(answer, report);
}

/** The features of such a log-in. */
export function shapedLogin(answer: LoginAnswer, url: string, { name, form }: SentAs): SchemeFeature[] {
  const { scheme, place } = answerParts(answer);
  const values = {
    LOGIN_URL: url,
    LOGIN_METHOD: answer.login_method.toLowerCase(),
    LOGIN_REQUEST: requestValue(answer),
    ...place,
    EXPIRES: expiryValue(answer),
  };
  const sender = { module: 'kinds/api/python/token_header.py', class: 'TokenHeader' };
  return [
    { ...sender, methods: ['authenticate'], values: { TOKEN_HEADER: name, TOKEN_VALUE: form } },
    { ...scheme, methods: ['request_token'], values },
    ...tokenFeatures(answer, false),
  ];
}

interface AnswerParts {
  readonly scheme: RuntimeClass;
  readonly place: Readonly<Record<string, Value>>;
  readonly fake: Omit<SchemeTest, 'values'>;
}

/** Which class finds the token in the answer, by what, and how the fake API gives it. */
function answerParts({ token_path = '', token_from_header, token_from_cookie }: LoginAnswer): AnswerParts {
  if (token_from_header !== undefined)
    return {
      scheme: { module: `${FOLDER}/header_login.py`, class: 'HeaderLogin' },
      place: { ANSWER_HEADER: token_from_header },
      fake: { module: `${FOLDER}/fake_header.py`, class: 'FakeHeaders', names: ['answer'] },
    };
  if (token_from_cookie !== undefined)
    return {
      scheme: { module: `${FOLDER}/cookie_login.py`, class: 'CookieLogin' },
      place: { ANSWER_COOKIE: token_from_cookie },
      fake: { module: `${FOLDER}/fake_cookie.py`, class: 'FakeCookies', names: ['answer', 'complete'] },
    };
  return {
    scheme: { module: `${FOLDER}/shaped_login.py`, class: 'ShapedLogin' },
    place: { TOKEN_PATH: pathValue(token_path) },
    fake: FAKE_ANSWERS,
  };
}

function requestValue({ login_method, login_body, login_body_as, login_headers, ...answer }: LoginAnswer): Value {
  const { username_field = 'username', password_field = 'password' } = answer;
  const fields = login_body
    ? formatTexts(login_body)
    : { [username_field]: '{username}', [password_field]: '{password}' };
  const place = login_method === 'GET' ? 'params' : login_body_as === 'form' ? 'data' : 'json';
  return {
    [place]: fields as Value,
    ...(login_headers && { headers: formatTexts(login_headers) as Value }),
  };
}

/** How the fake API of the offline tests takes part in it. */
export function shapedOffline(answer: LoginAnswer, { name, form }: SentAs): SchemeOffline {
  const { place, fake } = answerParts(answer);
  return checksToken(name, form, { api: [{ ...fake, values: place }], tests: [], readsBody: false });
}
