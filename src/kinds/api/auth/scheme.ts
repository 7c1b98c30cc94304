import type * as v from 'valibot';
import type { Ask } from '../../../answers/ask.ts';
import type { RawAnswers } from '../../../answers/raw-answers.ts';
import type { ConfigKey } from '../../../connector/model.ts';
import type { PythonFeature } from '../python-feature.ts';

/** The definition of a scheme's answers: a mapping that its `type` tells from the others. */
export type SchemeDefinition = v.StrictObjectSchema<
  v.ObjectEntries & { readonly type: v.LiteralSchema<string, undefined> },
  string
>;

/** Everything about one way to authenticate requests, in terms of its answers; docs/architecture.md has an example. */
export interface SchemeParts<Answer> {
  /** How it is asked for; undefined where it is for answers files only. */
  readonly question: SchemeQuestion | undefined;
  /** The configuration keys that it needs. */
  keys(answer: Answer): readonly ConfigKey[];
  /** The answers in which `{key}` may stand for a configuration key. */
  texts(answer: Answer): readonly string[];
  /** What the connector does, for the README: a verb and what follows, such as "sends `access_token` as a bearer token". */
  sentence(answer: Answer): string;
  /** Further paragraphs of the README, as ready Markdown. */
  notes(answer: Answer): readonly string[];
  /** Reports what the answers say together and can't be. */
  report(answer: Answer, report: SchemeReport): void;
  /** Python packages beyond Mage's own, as in a requirements file. */
  packages(answer: Answer): readonly string[];
  /** Where its requests have secrets, which must not reach another host by a redirect. */
  secrets(answer: Answer): SecretPlaces;
  /** The features of `ApiClient` (python/client.py) that it is made of. One defines `authenticate`. */
  client(answer: Answer, api: AuthenticatedApi): readonly SchemeFeature[];
  /** How the offline tests take part in it; `config` has a text for each of its keys. */
  offline(answer: Answer, config: Readonly<Record<string, string>>): SchemeOffline;
}

/** Reports a problem at a key of the scheme's answers. */
export type SchemeReport = (key: string | readonly string[], message: string, hint?: string) => void;

export interface SchemeQuestion {
  /** What the list of schemes shows. */
  readonly name: string;
  /** Asks for the answers but for `type`; `now` is what was answered before, and becomes the default. */
  ask(ask: Ask, now: RawAnswers): Promise<RawAnswers>;
}

export interface SecretPlaces {
  /** The headers, request parameters and fields of a JSON body that have a secret in every request. */
  readonly headers: readonly string[];
  readonly params: readonly string[];
  readonly fields: readonly string[];
  /** True where a request for a token has a secret in its body. */
  readonly tokenRequest: boolean;
}

export interface AuthenticatedApi {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** Some refresh token is asked for in a shape of its own, and so all are, since schemes share that method. */
  readonly shapesRefreshes: boolean;
}

/** A feature of the client. Where the configuration chooses from several schemes, its names get that of the choice. */
export interface SchemeFeature extends PythonFeature {
  /** The methods of `ApiClient` and of `Tokens` that its class defines. */
  readonly methods: readonly SchemeMethod[];
}

export type SchemeMethod = 'authenticate' | 'request_token';

/** A feature of the offline tests. Where streams have schemes of their own, its names get that of the scheme. */
export interface SchemeTest extends PythonFeature {
  /** What its module defines for one scheme, beside the constants that have `values` here: methods, functions and constants. */
  readonly names: readonly string[];
}

/** What the offline tests and their fake API do about a scheme. */
export interface SchemeOffline {
  /** Features of `OfflineTest`. */
  readonly tests: readonly SchemeTest[];
  /** Features of `FakeApi`; one defines `check_credentials`. */
  readonly api: readonly SchemeTest[];
  /** True where the fake API gives tokens, so that not every request is one for records. */
  readonly grantsTokens: boolean;
  /** True where the fake API looks at what the body of a request has. */
  readonly readsBody: boolean;
}

/** A scheme of an answer, with everything that generation needs of it. */
export interface Scheme {
  /** What `auth_type` in the configuration calls it; undefined where there is no choice. */
  readonly option: string | undefined;
  readonly keys: readonly ConfigKey[];
  readonly texts: readonly string[];
  readonly sentence: string;
  readonly notes: readonly string[];
  readonly packages: readonly string[];
  readonly secrets: SecretPlaces;
  report(report: SchemeReport): void;
  client(api: AuthenticatedApi): readonly SchemeFeature[];
  offline(config: Readonly<Record<string, string>>): SchemeOffline;
}

/** A scheme as the registry has it. */
export interface AuthScheme {
  /** What `type` is in the answers. */
  readonly type: string;
  readonly definition: SchemeDefinition;
  readonly question: SchemeQuestion | undefined;
  /** Makes a scheme of an answer that this definition has validated. */
  resolve(answer: unknown, option: string | undefined): Scheme;
}

/** Describes a scheme for the registry; whatever is left out, the compiler names. */
export function authScheme<const Definition extends SchemeDefinition>(
  definition: Definition,
  parts: SchemeParts<v.InferOutput<Definition>>,
): AuthScheme {
  return {
    type: definition.entries.type.literal,
    definition,
    question: parts.question,
    resolve: (given, option) => {
      const answer = given as v.InferOutput<Definition>;
      return {
        option,
        keys: parts.keys(answer),
        texts: parts.texts(answer),
        sentence: parts.sentence(answer),
        notes: parts.notes(answer),
        packages: parts.packages(answer),
        secrets: parts.secrets(answer),
        report: report => parts.report(answer, report),
        client: api => parts.client(answer, api),
        offline: config => parts.offline(answer, config),
      };
    },
  };
}
