import * as v from 'valibot';
import type { Ask } from '../../../../answers/ask.ts';
import { choice, fields, line } from '../../../../answers/fields.ts';
import { headerName } from '../../../../answers/header-name.ts';
import type { RawAnswers } from '../../../../answers/raw-answers.ts';
import { HEADER_NAME } from '../../../../base/headers.ts';
import { markdownCode } from '../../../../base/markdown.ts';
import { formatText } from '../../../../python/literal.ts';
import { checksHeader, checksParam } from '../fake.ts';
import { secretKey } from '../keys.ts';
import { prefix } from '../prefix.ts';
import { authScheme, type SchemeOffline, type SecretPlaces } from '../scheme.ts';

type Place = 'header' | 'query' | 'cookie' | 'body';

const definition = fields({
  type: v.literal('api_key'),
  in: v.optional(choice(['header', 'query', 'cookie', 'body'], 'Where the key goes'), 'header'),
  name: v.optional(line('The name of the header, parameter, cookie or field'), 'X-Api-Key'),
  prefix,
});

interface PlaceParts {
  /** What the README calls it. */
  readonly word: string;
  readonly class: string;
  readonly file: string;
  /** The constants of the class, from the key's name and what it is sent as. */
  values(name: string, value: string): { readonly KEY_NAME: string; readonly KEY_VALUE: string };
  secrets(name: string): Partial<SecretPlaces>;
  offline(name: string, value: string): SchemeOffline;
}

const PLACES: Readonly<Record<Place, PlaceParts>> = {
  header: {
    word: 'header',
    class: 'HeaderKey',
    file: 'header_key.py',
    values: (name, value) => ({ KEY_NAME: name, KEY_VALUE: value }),
    secrets: name => ({ headers: [name] }),
    offline: checksHeader,
  },
  query: {
    word: 'request parameter',
    class: 'QueryKey',
    file: 'query_key.py',
    values: (name, value) => ({ KEY_NAME: name, KEY_VALUE: value }),
    secrets: name => ({ params: [name] }),
    offline: (name, value) => checksParam(name, value, 'query'),
  },
  cookie: {
    word: 'cookie',
    class: 'HeaderKey',
    file: 'header_key.py',
    values: (name, value) => ({ KEY_NAME: 'Cookie', KEY_VALUE: `${formatText(name)}=${value}` }),
    secrets: () => ({ headers: ['Cookie'] }),
    offline: (name, value) => checksHeader('Cookie', `${name}=${value}`),
  },
  body: {
    word: 'field',
    class: 'BodyKey',
    file: 'body_key.py',
    values: (name, value) => ({ KEY_NAME: name, KEY_VALUE: value }),
    secrets: name => ({ fields: [name] }),
    offline: (name, value) => checksParam(name, value, 'body'),
  },
};

/** A key that is configured, wherever a request has a place for it. */
export const apiKey = authScheme(definition, {
  question: { name: 'API key in a header, a request parameter or a cookie', ask: askKey },
  keys: answer => [secretKey('api_key', `The key that is sent in the ${answer.in} ${answer.name}`)],
  texts: () => [],
  sentence: answer => `sends \`api_key\` in the ${PLACES[answer.in].word} ${markdownCode(answer.name)}`,
  report: ({ in: place, name }, report) => {
    // The name of a cookie is a token, too (RFC 6265, section 4.1.1).
    if ((place === 'header' || place === 'cookie') && !HEADER_NAME.test(name))
      report(
        ['name'],
        `is no name that a ${place} can have`,
        'it has letters, digits and signs such as - and _, and no spaces',
      );
  },
  notes: () => [],
  packages: () => [],
  secrets: answer => ({
    headers: [],
    params: [],
    fields: [],
    tokenRequest: false,
    ...PLACES[answer.in].secrets(answer.name),
  }),
  client: answer => {
    const place = PLACES[answer.in];
    // A {placeholder} in the prefix is text.
    const values = place.values(answer.name, `${literalBraces(answer.prefix ?? '')}{api_key}`);
    return [{ module: `kinds/api/auth/api_key/${place.file}`, class: place.class, methods: ['authenticate'], values }];
  },
  offline: (answer, config) => PLACES[answer.in].offline(answer.name, `${answer.prefix ?? ''}${config.api_key}`),
});

const literalBraces = (text: string) => text.replaceAll(/[{}]/g, '$&$&');

async function askKey(ask: Ask, now: RawAnswers): Promise<RawAnswers> {
  const place = await ask.choice('key_in', {
    message: 'Where does the key go',
    default: now.in as 'header' | 'query' | 'cookie' | undefined,
    choices: [
      { value: 'header', name: 'A header' },
      { value: 'query', name: 'A request parameter' },
      { value: 'cookie', name: 'A cookie' },
    ],
  });
  const name = await ask.text('key_name', {
    message: `What is the ${place === 'query' ? 'parameter' : place} called`,
    check: place === 'query' ? undefined : headerName(''),
    default: (now.name as string | undefined) ?? (place === 'header' ? 'X-Api-Key' : 'api_key'),
  });
  return { ...now, in: place, name };
}
