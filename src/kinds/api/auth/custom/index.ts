import * as v from 'valibot';
import type { Ask } from '../../../../answers/ask.ts';
import { fields } from '../../../../answers/fields.ts';
import { headerName } from '../../../../answers/header-name.ts';
import type { RawAnswers } from '../../../../answers/raw-answers.ts';
import { headerFault } from '../../../../base/headers.ts';
import { markdownCode } from '../../../../base/markdown.ts';
import { hasPlaceholder } from '../../../../base/placeholders.ts';
import { formatText } from '../../../../python/literal.ts';
import { authScheme } from '../scheme.ts';
import { authText, authTexts, filledTexts, namesWithKeys, secretsIn } from '../texts.ts';

const definition = fields({
  type: v.literal('custom'),
  headers: v.optional(
    authTexts(
      'Headers by name, such as "OAuth token={token}"; each {key} is a secret unless config says secret: false',
    ),
  ),
  params: v.optional(authTexts('Request parameters by name, likewise')),
  body: v.optional(authTexts('Fields of the JSON body by name, likewise')),
});

type Answer = v.InferOutput<typeof definition>;

/** Several headers, request parameters and fields of the body at once, each a text with keys of the configuration. */
export const custom = authScheme(definition, {
  question: { name: 'Headers of your own wording, such as "OAuth token={token}"', ask: askHeader },
  keys: answer => secretsIn(textsOf(answer)),
  texts: textsOf,
  sentence: answer => `sends ${placesText(answer)}, made of the configuration`,
  report: (answer, report) => {
    if (!hasPlaceholder(textsOf(answer)))
      report('headers', 'names no configuration key, so that secrets would stand in the code', 'such as "{api_key}"');
    for (const [name, value] of Object.entries(answer.headers ?? {})) {
      const fault = headerFault(name, value);
      if (fault) report(['headers', name], fault);
    }
  },
  notes: () => [],
  packages: () => [],
  secrets: ({ headers = {}, params = {}, body = {} }) => ({
    headers: namesWithKeys(headers),
    params: Object.keys(params),
    fields: Object.keys(body),
    tokenRequest: false,
  }),
  client: ({ headers, params, body }) => {
    const parts = Object.entries({ headers, params, json: body }).flatMap(([part, texts]) =>
      texts === undefined ? [] : [[part, formatted(texts)] as const],
    );
    return [
      {
        module: 'kinds/api/auth/custom/scheme.py',
        class: 'Custom',
        methods: ['authenticate'],
        values: { CREDENTIALS: Object.fromEntries(parts) },
      },
    ];
  },
  offline: ({ headers = {}, params = {}, body = {} }, config) => ({
    tests: [],
    api: [
      {
        module: 'kinds/api/auth/custom/fake.py',
        class: 'FakeCredentials',
        names: ['check_credentials'],
        values: {
          AUTH_HEADERS: filledTexts(headers, config),
          AUTH_PARAMS: filledTexts({ ...params, ...body }, config),
        },
      },
    ],
    grantsTokens: false,
    readsBody: Object.keys(body).length > 0,
  }),
});

function textsOf({ headers, params, body }: Answer): string[] {
  return [headers, params, body].flatMap(texts => Object.values(texts ?? {}));
}

function formatted(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, formatText(text)]));
}

function placesText({ headers = {}, params = {}, body = {} }: Answer): string {
  const places = { header: headers, 'request parameter': params, field: body };
  return Object.entries(places)
    .flatMap(([word, texts]) => Object.keys(texts).map(name => `the ${word} ${markdownCode(name)}`))
    .join(', ');
}

/** Asks for one header; several, and what is no header, are for answers files. */
async function askHeader(ask: Ask, now: RawAnswers): Promise<RawAnswers> {
  const [[known, text] = [], ...others] = Object.entries((now.headers as Record<string, string> | undefined) ?? {});
  const name = await ask.text('auth_header', {
    message: 'Which header authenticates a request',
    check: headerName(''),
    default: known ?? 'Authorization',
  });
  const value = await ask.text('auth_text', {
    message: 'What does it say',
    help: 'such as OAuth token="{token}"; {token} becomes a secret configuration key',
    check: authText(''),
    default: text,
  });
  return { ...now, headers: { [String(name)]: value, ...Object.fromEntries(others) } };
}
