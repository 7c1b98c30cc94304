import type { Ask } from '../../../../answers/ask.ts';
import type { RawAnswers } from '../../../../answers/raw-answers.ts';
import { delimiter, encoding } from './answers.ts';

const DELIMITERS = [
  { value: ',', name: 'A comma' },
  { value: ';', name: 'A semicolon' },
  { value: '\t', name: 'A tab' },
  { value: '|', name: 'A vertical bar' },
  { value: '', name: 'Another character' },
];

/** Asks how CSV files are written. */
export async function askCsv(ask: Ask, now: RawAnswers): Promise<RawAnswers> {
  const known = (now.delimiter ?? ',') as string;
  const separator = await ask.choice('delimiter', {
    message: 'What separates the fields',
    default: DELIMITERS.some(({ value }) => value === known) ? known : '',
    choices: DELIMITERS,
  });
  const other =
    separator ||
    (await ask.text('other_delimiter', {
      message: 'Which character separates them',
      check: delimiter,
      default: known,
    }));
  const written = await ask.text('encoding', {
    message: 'How are the files encoded',
    help: 'as Python names it, such as utf-8, cp1252 or utf-16',
    default: (now.encoding as string | undefined) ?? 'utf-8',
    check: encoding,
  });
  return { delimiter: other === ',' ? undefined : other, encoding: written === 'utf-8' ? undefined : written };
}
