import type { Ask } from '../answers/ask.ts';
import { connectorEntries } from '../answers/connector.ts';
import { configKey, line } from '../answers/fields.ts';
import type { RawAnswers } from '../answers/raw-answers.ts';
import { mappingsIn } from '../base/mapping.ts';

/** A part of a connector's answers that can be asked for again. */
export interface ChangeQuestion {
  readonly value: string;
  readonly name: string;
  /** False for answers that it has no meaning with. */
  readonly when?: (answers: RawAnswers) => boolean;
  /** Asks with what is answered now as the default, and gives the answers that change. */
  readonly ask: (ask: Ask, answers: RawAnswers) => Promise<RawAnswers>;
}

/** The change of one answer of one stream. */
export const streamChange: ChangeQuestion = {
  value: 'streams',
  name: 'Where a stream is, its records, key or bookmark',
  when: ({ streams }) => mappingsIn(streams).length > 0,
  ask: askStream,
};

/** What every kind of connector can change. */
const SHARED: readonly ChangeQuestion[] = [
  streamChange,
  { value: 'description', name: 'What it reads, as its README says it', ask: askDescription },
  { value: 'config', name: 'A configuration key of its own', ask: askConfigKey },
];

/** What can be changed of these answers: what the kind says, and what every kind has. */
export function changeQuestions(questions: readonly ChangeQuestion[], answers: RawAnswers): readonly ChangeQuestion[] {
  return [...questions, ...SHARED].filter(({ when }) => !when || when(answers));
}

/** Asks which answers are to change, and for those, until there are no more. */
export async function askChanges(
  ask: Ask,
  questions: readonly ChangeQuestion[],
  recorded: RawAnswers,
): Promise<RawAnswers> {
  const all = changeQuestions(questions, recorded);
  const choices = [...all.map(({ value, name }) => ({ value, name })), { value: '', name: 'Nothing more' }];
  let changed: RawAnswers = {};
  for (;;) {
    const what = await ask.choice('change', { message: 'What shall change', choices });
    const question = all.find(({ value }) => value === what);
    if (!question) return changed;
    changed = { ...changed, ...(await question.ask(ask, { ...recorded, ...changed })) };
  }
}

/** The answers of a stream that can be asked for again, with what they are. */
export const STREAM_ANSWERS = [
  { value: 'path', name: 'Its path' },
  { value: 'records_path', name: 'Where the records are in a response' },
  { value: 'key_properties', name: 'The columns that identify a record' },
  { value: 'replication_key', name: 'The column that tells when a record changed' },
] as const;

/** One answer of one stream is asked for again; empty takes it away. */
async function askStream(ask: Ask, { streams }: RawAnswers): Promise<RawAnswers> {
  const all = mappingsIn(streams);
  const choices = all.map(({ name }) => ({ value: String(name), name: String(name) }));
  const name =
    choices.length > 1 ? await ask.choice('changed_stream', { message: 'Which stream', choices }) : undefined;
  const stream = all.find(each => name === undefined || each.name === name) ?? {};
  const answer = await ask.choice('changed_answer', { message: 'What of it', choices: STREAM_ANSWERS });
  const message = STREAM_ANSWERS.find(({ value }) => value === answer)?.name ?? answer;
  const value =
    answer === 'key_properties'
      ? await ask.list('changed_value', { message, default: stream.key_properties as readonly string[] | undefined })
      : await ask.text('changed_value', {
          message,
          check: line(message),
          default: stream[answer] as string | undefined,
          optional: answer !== 'path',
        });
  const { [answer]: _, ...others } = stream;
  const changed = value === undefined ? others : { ...others, [answer]: value };
  return { streams: all.map(each => (each === stream ? changed : each)) };
}

async function askDescription(ask: Ask, { description }: RawAnswers): Promise<RawAnswers> {
  const text = await ask.text('description', {
    message: 'What does it read',
    help: 'a sentence for its README',
    check: connectorEntries.description,
    default: description as string | undefined,
  });
  return { description: text };
}

/** One key is added, or asked for again if there is one of that name. */
async function askConfigKey(ask: Ask, { config }: RawAnswers): Promise<RawAnswers> {
  const keys = mappingsIn(config);
  const { entries } = configKey;
  const name = await ask.text('config_name', { message: 'What is the key called', check: entries.name });
  const old = keys.find(key => key.name === name);
  const description = await ask.text('config_description', {
    message: 'What is it for',
    check: entries.description,
    optional: true,
    default: old?.description as string | undefined,
  });
  const secret = await ask.confirm('config_secret', { message: 'Is it a secret', default: old?.secret === true });
  const value = secret
    ? undefined
    : await ask.text('config_default', {
        message: 'What is its default',
        help: 'empty: there is none, and the key is required',
        optional: true,
        default: old?.default === undefined ? undefined : String(old.default),
      });
  const key = {
    name,
    ...(description !== undefined && { description }),
    ...(value !== undefined && { default: sameAs(old?.default, value) }),
    ...(secret && { secret }),
  };
  return { config: old ? keys.map(other => (other === old ? key : other)) : [...keys, key] };
}

/** A default that was a number or true or false stays one if it is not changed. */
function sameAs(old: unknown, value: string): unknown {
  return String(old) === value ? old : value;
}
