import { tuple } from '../../../python/compose/values.ts';
import type { ApiModel } from '../model.ts';
import type { OfflineFeature } from '../offline/features.ts';
import { offlineFeature, offlineWhen } from '../offline/features.ts';
import { TOKEN_TESTS } from './fake.ts';
import type { Scheme, SchemeOffline, SchemeTest } from './scheme.ts';

/** What the offline tests of a connector and their fake API do about its schemes. */
export interface AuthOffline {
  /** Features of `OfflineTest`. */
  readonly tests: readonly OfflineFeature[];
  /** Features of `FakeApi`. */
  readonly api: readonly OfflineFeature[];
  /** True where the fake API gives tokens, so that not every request is one for records. */
  readonly grantsTokens: boolean;
  /** True where the fake API looks at what the body of a request has. */
  readonly readsBody: boolean;
  /** Tests, and methods that are called by names which are put together at run time. */
  readonly roots: readonly string[];
}

/** The tests of the scheme that is tested, and of those that streams have of their own; `config` has a text for each key. */
export function authOffline({ auth }: ApiModel, tested: Scheme | undefined, config: Readonly<Record<string, string>>) {
  if (auth.own.length === 0) return plainOffline(tested?.offline(config));
  return ownOffline([
    { name: 'connector', offline: tested?.offline(config) },
    ...auth.own.map(({ name, scheme }) => ({ name, offline: scheme?.offline(config) })),
  ]);
}

const plain = (feature: SchemeTest): OfflineFeature => ({ ...feature, rename: {} });
const getsTokens = (offline: SchemeOffline | undefined) => offline?.tests.includes(TOKEN_TESTS) === true;
const TOKEN_TEST = 'test_gets_another_token_when_one_has_expired';

function plainOffline(offline: SchemeOffline | undefined): AuthOffline {
  const { tests = [], api = [], grantsTokens = false, readsBody = false } = offline ?? {};
  const roots = getsTokens(offline) ? [TOKEN_TEST] : [];
  return { tests: tests.map(plain), api: api.map(plain), grantsTokens, readsBody, roots };
}

interface NamedOffline {
  readonly name: string;
  /** Undefined where nothing authenticates requests. */
  readonly offline: SchemeOffline | undefined;
}

/** Each scheme has methods of its own, which the stream that is read chooses from. */
function ownOffline(schemes: readonly NamedOffline[]): AuthOffline {
  const tests = schemes.flatMap(({ name, offline }) =>
    (offline?.tests ?? []).filter(feature => feature !== TOKEN_TESTS).map(feature => ofName(feature, name)),
  );
  const api = schemes.flatMap(({ name, offline }) =>
    (offline?.api ?? [NO_CREDENTIALS]).map(feature => ofName(feature, name)),
  );
  const withTokens = schemes.filter(({ offline }) => getsTokens(offline));
  const TOKEN_AUTHS = tuple(withTokens.map(({ name }) => (name === 'connector' ? null : name)));
  const methods = [...tests, ...api].flatMap(({ rename }) => Object.values(rename));
  const has = (method: string) => methods.some(name => name.startsWith(`${method}_by_`));
  return {
    tests: [
      ...(withTokens.length > 0 ? [offlineFeature('own_auth', 'OwnTokenTests', { values: { TOKEN_AUTHS } })] : []),
      ...offlineWhen(has('sign_tokens'), 'own_auth', 'OwnSignatures'),
      ...tests,
    ],
    api: [
      offlineFeature('own_auth', 'OwnCredentials'),
      ...offlineWhen(has('answer'), 'own_auth', 'OwnAnswers'),
      ...offlineWhen(has('complete'), 'own_auth', 'OwnCompletions'),
      ...api,
    ],
    grantsTokens: schemes.some(({ offline }) => offline?.grantsTokens),
    readsBody: schemes.some(({ offline }) => offline?.readsBody),
    roots: [...(withTokens.length > 0 ? [TOKEN_TEST] : []), ...methods],
  };
}

const NO_CREDENTIALS: SchemeTest = {
  module: 'kinds/api/auth/streams/fake.py',
  class: 'NoCredentials',
  names: ['check_credentials'],
  values: {},
};

/** A feature whose names get that of its scheme. */
function ofName({ names, values, ...feature }: SchemeTest, scheme: string): OfflineFeature {
  const named = (name: string) => (/^[A-Z_]+$/.test(name) ? `${scheme.toUpperCase()}_${name}` : `${name}_by_${scheme}`);
  const all = new Set([...names, ...Object.keys(values)]);
  return {
    ...feature,
    rename: Object.fromEntries([...all].map(name => [name, named(name)])),
    values: Object.fromEntries(Object.entries(values).map(([name, value]) => [named(name), value])),
  };
}
