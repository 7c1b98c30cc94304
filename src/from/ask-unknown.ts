import * as v from 'valibot';
import type { Ask } from '../answers/ask.ts';
import type { RawAnswers } from '../answers/raw-answers.ts';
import { UserError } from '../base/problems.ts';
import type { AnyKind } from '../connector/kind.ts';
import type { ApiUnderstood, DescribedApi, DescribedStream, StreamUnderstood, Understood } from './described.ts';
import { withKeys } from './live/auth.ts';
import { configuredValues } from './live/credentials.ts';
import { missingNames } from './live/texts.ts';
import type { FromGiven } from './options.ts';
import { pagingProposals } from './responses/proposals.ts';
import { learnRecorded } from './responses/recorded.ts';
import { readResponse } from './responses/sample-response.ts';
import { type Unknown, unknownOf } from './unknown.ts';
import { withAnswers } from './with-answers.ts';

/** Of more streams than so many, what isn't known is shown, and not asked for. */
const MAX_ASKED = 3;

interface Place {
  readonly ask: Ask;
  readonly kind: AnyKind;
  readonly cwd: string;
}

/** Asks for what the API can't be asked without: its address, and what proves who asks. */
export async function askPlace(api: DescribedApi, given: FromGiven, place: Place): Promise<DescribedApi> {
  const lacksAddress = unknownOf(api).some(({ answer }) => answer === 'base_url');
  const placed = lacksAddress ? { ...api, answers: { ...api.answers, ...(await askAnswer('base_url', place)) } } : api;
  return given.offline ? placed : { ...placed, credentials: await askCredentials(placed, given, place) };
}

/** Asks for the values of configuration keys that requests to the API have, for this run alone. */
async function askCredentials(api: DescribedApi, { config }: FromGiven, { ask, cwd }: Place): Promise<Values> {
  const { base_url, auth, config: keys } = api.answers;
  const defaults = keys?.value.flatMap(({ name, default: value }) => (value === undefined ? [] : [name])) ?? [];
  const values: Values = { ...api.credentials };
  const known = { ...configuredValues(config, cwd, process.env), ...values };
  const names = [...missingNames(base_url?.value, known).filter(name => !defaults.includes(name)), ...keysOf(auth)];
  for (const name of new Set(names.filter(name => !Object.hasOwn(known, name)))) {
    const value = await ask.secret(`value of ${name}`, {
      message: `What is your ${name}`,
      help: 'so as to ask the API; it is kept nowhere; empty: the API is not asked',
    });
    if (value === '') break;
    values[name] = value;
  }
  return values;
}

type Values = Record<string, string>;

function keysOf(auth: Understood<RawAnswers> | undefined): readonly string[] {
  return withKeys[String(auth?.value.type)] ?? [];
}

/** Asks for what is not known, one by one, each with what shows it. */
export async function askUnknown(api: DescribedApi, place: Place): Promise<DescribedApi> {
  let known = api;
  // A sample of a response settles other answers as well.
  for (const answer of ['schema', 'records_path', 'key_properties'] as const) {
    const open = unknownOf(known).filter(unknown => unknown.answer === answer);
    if (open.length > MAX_ASKED) continue;
    for (const unknown of open) known = await withStream(known, unknown, place);
  }
  const pages = unknownOf(known).find(({ answer }) => answer === 'pagination');
  return pages ? { ...known, answers: { ...known.answers, ...(await askPages(known, pages, place)) } } : known;
}

async function withStream(api: DescribedApi, unknown: Unknown, place: Place): Promise<DescribedApi> {
  const asked = { schema: askResponse, records_path: askPath, key_properties: askKey }[unknown.answer as 'schema'];
  const streams = [];
  for (const stream of api.streams)
    streams.push(stream.name === unknown.stream ? await asked(stream, unknown, place, api) : stream);
  return { ...api, streams };
}

/** A response that is pasted shows what one of the API's own would have. */
async function askResponse(
  stream: DescribedStream,
  { why }: Unknown,
  { ask, cwd }: Place,
  { answers }: DescribedApi,
): Promise<DescribedStream> {
  const text = await ask.hidden(`response of ${stream.name}`, {
    message: `What does the API answer for ${stream.name}`,
    help: `${why}; paste a response, or name its file; empty: it is left out`,
    check: v.pipe(
      v.string(),
      v.rawCheck(({ dataset, addIssue }) => {
        const read = dataset.value === '' ? { body: [] } : readResponse(String(dataset.value), cwd);
        if ('fault' in read) addIssue({ message: read.fault });
      }),
    ),
  });
  if (text === '') return stream;
  const read = readResponse(text, cwd);
  // The file may have gone since it was named.
  if ('fault' in read) throw new UserError({ where: `the response of ${stream.name}`, message: read.fault });
  const path = stream.answers.path.value.replace(/^\/*/, '/');
  const url = `${stream.answers.base_url?.value ?? answers.base_url?.value ?? 'https://unknown'}${path}`;
  const response = { url, sent: {}, headers: {}, body: read.body };
  const seen = Object.create(stream, { responses: { value: [response], enumerable: true } }) as DescribedStream;
  return learnRecorded(seen).stream;
}

async function askPath(stream: DescribedStream, { why }: Unknown, { ask }: Place): Promise<DescribedStream> {
  const path = await ask.text(`records_path of ${stream.name}`, {
    message: `Where are the records in a response of ${stream.name}`,
    help: `${why}; keys with dots, such as data.items; empty: the response itself is the list`,
    optional: true,
  });
  return saying(stream, { records_path: said(path ?? '') });
}

async function askKey(stream: DescribedStream, { why }: Unknown, { ask }: Place): Promise<DescribedStream> {
  const columns = Object.keys((stream.schema?.value.properties ?? {}) as object);
  const keys = await ask.list(`key of ${stream.name}`, {
    message: `Which columns identify a record of ${stream.name}`,
    help: `${why}; with commas; empty: it has no key, and each run appends`,
    default: columns.filter(column => /^(?:id|uuid|guid|key|code)$/i.test(column)).slice(0, 1),
    check: v.array(v.picklist(columns, issue => `must be columns of it, and ${issue.received} isn't`)),
  });
  return keys ? saying(stream, { key_properties: said(keys) }) : stream;
}

/** Asks how pages go on by whole answers, those first that a response speaks for; any other is asked for in its parts. */
async function askPages(api: DescribedApi, { why }: Unknown, place: Place): Promise<ApiUnderstood> {
  const proposals = pagingProposals(api.streams);
  const type = await place.ask.choice('pages', {
    message: 'How does the API cut long lists into pages',
    help: why,
    choices: [
      ...proposals.map(({ name }, index) => ({ value: String(index), name })),
      { value: OTHER, name: 'Another way' },
    ],
  });
  if (type === OTHER) return askAnswer('pagination', place);
  const proposal = proposals[Number(type)];
  return proposal ? { pagination: said(proposal.pagination) } : {};
}

const OTHER = 'other';

/** Asks for an answer of the connector as its kind does. */
async function askAnswer(name: string, { ask, kind }: Place): Promise<ApiUnderstood> {
  const answers = (await kind.changes.find(({ value }) => value === name)?.ask(ask, {})) ?? {};
  return Object.fromEntries(Object.entries(answers).map(([key, value]) => [key, said(value)])) as ApiUnderstood;
}

function saying(stream: DescribedStream, answers: Partial<StreamUnderstood>): DescribedStream {
  return withAnswers(stream, { ...stream.answers, ...answers });
}

function said<Value>(value: Value): Understood<Value> {
  return { value, grade: 'said', evidence: 'your answer' };
}
