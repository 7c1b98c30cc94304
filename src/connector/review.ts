import type { Ask } from '../answers/ask.ts';
import type { RawAnswers } from '../answers/raw-answers.ts';
import { aligned, cellText } from '../base/columns.ts';
import { isMapping, mappingsIn } from '../base/mapping.ts';
import { changeQuestions } from './change-questions.ts';
import type { AnyKind } from './kind.ts';

/** Shows what was answered before anything is written, and asks for other answers until it is right. */
export async function reviewed(ask: Ask, kind: AnyKind, answers: RawAnswers): Promise<RawAnswers> {
  let current = answers;
  for (;;) {
    process.stderr.write(`\n${summary(current, process.stderr.columns)}\n\n`);
    const questions = changeQuestions(kind.changes, current);
    const what = await ask.choice('right', {
      message: 'Shall it be made like this',
      choices: [{ value: '', name: 'Yes' }, ...questions.map(({ value, name }) => ({ value, name: `No: ${name}` }))],
    });
    const question = questions.find(({ value }) => value === what);
    if (!question) return current;
    current = { ...current, ...(await question.ask(ask, current)) };
  }
}

const MAX_CELL = 40;

/** What streams are shown by: the answer, and what heads its column. */
const COLUMNS = [
  ['name', 'stream'],
  ['path', 'path'],
  ['records_path', 'records'],
  ['key_properties', 'key'],
  ['replication_key', 'bookmark'],
  ['pagination', 'pages'],
] as const;

/** The answers of a connector as tables, of which no line is longer than `width`. */
export function summary({ streams, ...connector }: RawAnswers, width: number | undefined): string {
  const rows = Object.entries(connector).map(([answer, value]) => [answer, shown(value)]);
  const declared = mappingsIn(streams);
  const columns = COLUMNS.filter(([answer]) => declared.some(stream => stream[answer] !== undefined));
  const table = [
    columns.map(([, title]) => title),
    ...declared.map(stream => columns.map(([answer]) => (stream[answer] === undefined ? '-' : shown(stream[answer])))),
  ];
  return [...aligned(rows, width), ...(columns.length > 0 ? ['', ...aligned(table, width)] : [])].join('\n');
}

/** An answer in few words: a mapping by its type and what else it says. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return cellText(value.map(shown).join(', '), MAX_CELL);
  if (!isMapping(value)) return cellText(String(value), MAX_CELL);
  const { type, ...rest } = value;
  const more = Object.values(rest).map(shown).join(', ');
  return cellText([type, more && (type === undefined ? more : `(${more})`)].filter(Boolean).join(' '), MAX_CELL);
}
