import { fileURLToPath } from 'node:url';
import { run } from '../framework/process.ts';
import { pythonFor } from '../framework/python.ts';
import { ROOT } from './doors.ts';

/** What a user does, as terminal.py takes it. */
export type Step =
  | { readonly expect: string }
  | { readonly send: string }
  | { readonly choose: string }
  | { readonly wait: number };

export interface Played {
  readonly exitCode: number;
  /** Everything that the terminal showed, without colours. */
  readonly text: string;
  /** The step that found no match. */
  readonly failed?: Step;
}

const SCRIPT = fileURLToPath(new URL('./terminal.py', import.meta.url));
const COMMAND = fileURLToPath(new URL('../../dist/bin/mage-connector.js', import.meta.url));
export const CLEAR_LINE = '\u0015';
export const ESC = '\u001b';
/** What a terminal sends before and after what is pasted. */
export const PASTE_START = '\u001b[200~';
export const PASTE_END = '\u001b[201~';
export const CTRL_A = '\u0001';
export const CTRL_C = '\u0003';

/** A question, and the answer to it after the wrong ones, each with a part of the message that refuses it. */
export function answer(question: string, right: string, ...wrong: readonly (readonly [string, string])[]): Step[] {
  const refused = wrong.flatMap(([keys, message]) => [{ send: `${CLEAR_LINE}${keys}\r` }, { expect: message }]);
  return [{ expect: question }, ...refused, { send: `${wrong.length > 0 ? CLEAR_LINE : ''}${right}\r` }];
}

/** A question with choices. */
export function choose(question: string, choice: string): Step[] {
  return [{ expect: question }, { choose: choice }];
}

/** Runs the command in a real terminal of so many columns, and answers it. */
export async function play(
  args: readonly string[],
  cwd: string,
  steps: readonly Step[],
  columns = 400,
): Promise<Played> {
  const python = await pythonFor('demo');
  if ('missing' in python) throw new Error(python.missing);
  const finished = await run(python.command, [SCRIPT, process.execPath, COMMAND, ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', TERM: 'xterm', TERMINAL_COLUMNS: String(columns) },
    input: JSON.stringify(steps),
  });
  if (finished.exitCode !== 0) throw new Error(finished.stderr);
  const { failed, ...played } = JSON.parse(finished.stdout);
  return { ...played, ...(failed && { failed }) };
}

export const SAMPLES = `${ROOT}examples/samples/`;
