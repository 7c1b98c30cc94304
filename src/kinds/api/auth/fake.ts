import type { SchemeOffline, SchemeTest } from './scheme.ts';

const OFFLINE = 'kinds/api/python/offline';
const CHECK = ['check_credentials'];

/** The tests of a connector that gets tokens. */
export const TOKEN_TESTS: SchemeTest = {
  module: `${OFFLINE}/token_tests.py`,
  class: 'TokenTests',
  names: [],
  values: {},
};

/** The fake API expects a header in each request. */
export function checksHeader(name: string, value: string): SchemeOffline {
  return checks({
    module: `${OFFLINE}/fake_header.py`,
    class: 'FakeHeader',
    names: CHECK,
    values: { CREDENTIALS: { [name]: value } },
  });
}

/** The fake API expects a parameter in each request, or a field in its body. */
export function checksParam(name: string, value: string, place: 'query' | 'body'): SchemeOffline {
  const feature = {
    module: `${OFFLINE}/fake_param.py`,
    class: 'FakeParam',
    names: CHECK,
    values: { AUTH_PARAM: name, CREDENTIALS: value },
  };
  return { ...checks(feature), readsBody: place === 'body' };
}

function checks(feature: SchemeTest): SchemeOffline {
  return { tests: [], api: [feature], grantsTokens: false, readsBody: false };
}

/** How the fake API comes to give a token. */
export interface FakeGrant {
  /** The features of `FakeApi` that take requests for tokens; none where the connector signs them itself. */
  readonly api: readonly SchemeTest[];
  /** Further features of `OfflineTest`. */
  readonly tests: readonly SchemeTest[];
  readonly readsBody: boolean;
}

/** The fake API expects the newest token that it gave, in a header and in a form in which {} stands for it. */
export function checksToken(header: string, form: string, { api, tests, readsBody }: FakeGrant): SchemeOffline {
  const values = { TOKEN_HEADER: header, TOKEN_VALUE: form };
  return {
    tests: [TOKEN_TESTS, ...tests],
    api: [{ module: `${OFFLINE}/fake_tokens.py`, class: 'FakeTokens', names: CHECK, values }, ...api],
    grantsTokens: api.length > 0,
    readsBody,
  };
}
