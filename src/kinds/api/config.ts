import type { RawAnswers } from '../../answers/raw-answers.ts';
import { placeholderNames, placeholdersIn } from '../../base/placeholders.ts';
import { isOwnName } from '../../base/text-names.ts';
import type { ConfigKey } from '../../connector/model.ts';
import { valueTexts } from '../../records/shape.ts';
import type { ApiAnswers } from './answers.ts';
import { type AuthModel, authKeys, resolveAuth } from './auth/auth.ts';
import { itemKeys } from './for-each/for-each.ts';
import { parentNames } from './parents.ts';
import { keepsSince, streamTexts } from './texts/stream-texts.ts';

/** The configuration keys of an API connector: its secrets, the placeholders, and where incremental streams begin. */
export function apiConfig(answers: ApiAnswers): ConfigKey[] {
  const auth = resolveAuth(answers.auth, answers.streams);
  const keys = authKeys(auth);
  if (answers.client_certificate) keys.push(...CERTIFICATE_KEYS);
  for (const name of placeholders(answers, auth)) {
    if (keys.some(key => key.name === name)) continue;
    keys.push({
      name,
      description: `Stands for {${name}} in the addresses or headers`,
      required: true,
      secret: false,
      derived: true,
    });
  }
  for (const key of itemKeys(answers.streams)) if (!keys.some(({ name }) => name === key.name)) keys.push(key);
  const hasMoments = answers.streams.some(
    ({ replication_key, bookmark_format }) => replication_key !== undefined && bookmark_format !== 'integer',
  );
  if (hasMoments) keys.push(startDate(answers));
  if (answers.configured_end) keys.push(END_DATE);
  return keys;
}

/** The answer that made a key of an API connector which no text has. */
export function apiKeyAnswer(name: string, { streams }: RawAnswers): string {
  const declared = streams as readonly Pick<ApiAnswers['streams'][number], 'name' | 'replication_key' | 'for_each'>[];
  if (name === 'end_date') return 'configured_end';
  if (CERTIFICATE_KEYS.some(key => key.name === name)) return 'client_certificate';
  const asked = declared.find(({ for_each }) => for_each?.config === name);
  if (asked) return `for_each of ${asked.name}`;
  const bookmarked = declared.find(({ replication_key }) => replication_key !== undefined);
  return name === 'start_date' && bookmarked ? `replication_key of ${bookmarked.name}` : 'auth';
}

/** Windows need a first day, and so does what can't be left out of a request: there it is required. */
function startDate({ streams, start_days_ago: days }: ApiAnswers): ConfigKey {
  const needed = streams.some(stream => stream.window_days !== undefined || keepsSince(stream));
  const required = needed && days === undefined;
  const otherwise = days === undefined ? 'at the first record' : `${days} days before a run`;
  const description = `Where incremental streams begin, such as 2024-01-01${required ? '' : `; without it, ${otherwise}`}`;
  return { name: 'start_date', description, required, secret: false };
}

const END_DATE: ConfigKey = {
  name: 'end_date',
  description: 'Where incremental streams end, such as 2024-12-31; without it, where the run does',
  required: false,
  secret: false,
};

const CERTIFICATE_KEYS: readonly ConfigKey[] = [
  {
    name: 'client_certificate',
    description: 'The PEM file of the certificate that the API knows this client by',
    required: true,
    secret: false,
  },
  { name: 'client_key', description: "The PEM file of the certificate's private key", required: true, secret: false },
];

/** What `{key}` stands for in the texts of the answers, but for the fields of a stream's parents. */
function placeholders({ base_url, headers, streams }: ApiAnswers, auth: AuthModel): Set<string> {
  const ofStreams = streams.flatMap(stream => {
    const own = parentNames(stream);
    return namesIn([...streamTexts(stream).map(({ text }) => text), ...valueTexts(stream)]).filter(
      name => !own.includes(name),
    );
  });
  return new Set([
    ...namesIn([base_url, ...Object.values(headers ?? {})]),
    ...placeholderNames(auth.all.flatMap(({ texts }) => texts)),
    ...ofStreams,
  ]);
}

function namesIn(texts: readonly string[]): string[] {
  return placeholdersIn(texts).flatMap(({ name }) => (isOwnName(name) ? [] : [name]));
}
