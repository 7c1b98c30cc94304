import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { isEqual } from 'lodash-es';
import type { Ask } from '../answers/ask.ts';
import { connectorEntries } from '../answers/connector.ts';
import type { RawAnswers } from '../answers/raw-answers.ts';
import { answersFile } from '../answers/save.ts';
import { freeName } from '../base/free-name.ts';
import { STREAM_ANSWERS, streamChange } from '../connector/change-questions.ts';
import type { AnyKind } from '../connector/kind.ts';
import { askStreams } from './ask-streams.ts';
import { askPlace, askUnknown } from './ask-unknown.ts';
import type { ApiUnderstood, DescribedApi, Understood } from './described.ts';
import { type FromGiven, isChosen } from './options.ts';
import { sharePaging } from './paging.ts';
import { understoodTable } from './table.ts';
import { toAnswers } from './to-answers.ts';
import { learned } from './understand.ts';
import { withAnswers } from './with-answers.ts';

/** What questions about a description need. */
export interface DescribedQuestions {
  readonly ask: Ask;
  readonly kind: AnyKind;
  readonly api: DescribedApi;
  readonly given: FromGiven;
  readonly cwd: string;
  /** True where the connector's name is known. */
  readonly isNamed: boolean;
}

/** Asks what a description leaves open, and shows all that was understood before anything is written. */
export async function askDescribed(questions: DescribedQuestions): Promise<DescribedApi> {
  const { ask, given, cwd, isNamed } = questions;
  const name = isNamed ? undefined : await askName(ask, questions.api.answers.name?.value);
  const named = name === undefined ? questions.api : withAnswer(questions.api, { name });
  const streams = isChosen(given) ? named.streams : await askStreams(ask, named.streams);
  const placed = await askPlace({ ...named, streams }, given, questions);
  const key = JSON.stringify([
    given.from,
    streams.map(({ name }) => name),
    placed.answers.base_url,
    placed.credentials,
  ]);
  const found = await ask.once(key, () => learned(placed, given, cwd));
  // The name may be another when the questions are gone through again.
  const api = { ...found, answers: { ...found.answers, name: named.answers.name } };
  return askAll(questions, sharePaging(await askUnknown(api, questions)));
}

/** Shows what is understood, and asks for other answers until it is right. */
async function askAll({ ask, kind, cwd }: DescribedQuestions, settledApi: DescribedApi): Promise<DescribedApi> {
  let api = settledApi;
  const questions = [...kind.changes, streamChange];
  ask.keep = () => keepUnderstood(api, cwd);
  for (;;) {
    process.stderr.write(
      `\n${understoodTable(api, process.stderr.columns)}\n${api.notes.map(note => `  - ${note}\n`).join('')}\n`,
    );
    const what = await ask.choice('right', {
      message: 'Shall it be made like this',
      choices: [{ value: '', name: 'Yes' }, ...questions.map(({ value, name }) => ({ value, name: `No: ${name}` }))],
    });
    const question = questions.find(({ value }) => value === what);
    if (!question) return api;
    const before = toAnswers(api).answers;
    const { streams, ...changed } = await question.ask(ask, before);
    api = withAnswer(api, changed);
    if (streams) api = withStreamAnswers(api, before.streams as RawAnswers[], streams as RawAnswers[]);
  }
}

/** Where the run ends before anything is made, what is understood so far goes into an answers file. */
function keepUnderstood(api: DescribedApi, cwd: string): string {
  const file = freeName(cwd, 'answers', '.yaml');
  const { answers, comments } = toAnswers(api);
  writeFileSync(file, answersFile(answers, cwd, file, comments));
  const shown = relative(cwd, file);
  return `${shown} has the answers so far: --answers ${shown} goes on with them.`;
}

/** An API with the answers of its streams that the user changed, or took away. */
function withStreamAnswers(api: DescribedApi, before: readonly RawAnswers[], now: readonly RawAnswers[]): DescribedApi {
  const streams = api.streams.map((stream, index) => {
    const changed = STREAM_ANSWERS.map(({ value }) => value).filter(
      answer => !isEqual(before[index]?.[answer], now[index]?.[answer]),
    );
    const said = changed.map((answer): [string, Understood | undefined] => {
      const value = now[index]?.[answer];
      return [answer, value === undefined ? undefined : { value, grade: 'said', evidence: 'your answer' }];
    });
    return said.length > 0 ? withAnswers(stream, { ...stream.answers, ...Object.fromEntries(said) }) : stream;
  });
  return { ...api, streams };
}

/** An API with answers that the user gave. */
function withAnswer(api: DescribedApi, answers: RawAnswers): DescribedApi {
  const said = Object.entries(answers).map(([name, value]): [string, Understood] => [
    name,
    { value, grade: 'said', evidence: 'your answer' },
  ]);
  return { ...api, answers: { ...api.answers, ...(Object.fromEntries(said) as ApiUnderstood) } };
}

async function askName(ask: Ask, proposed: string | undefined): Promise<string | undefined> {
  return ask.text('name', {
    message: 'What is the connector called',
    help: "as Mage's source list shows it",
    default: proposed,
    check: connectorEntries.name,
  });
}
