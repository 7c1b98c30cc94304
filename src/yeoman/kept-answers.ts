import { existsSync, writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { isEqual } from 'lodash-es';
import { stringify } from 'yaml';
import type { Answered } from '../answers/ask.ts';
import { areAnswered } from '../answers/asked.ts';
import { readAnswers } from '../answers/document.ts';
import { freeName } from '../base/free-name.ts';
import { UserError } from '../base/problems.ts';

/** The answers of a run that was stopped. Throws a UserError for a file that has none. */
export function keptAnswers(file: string, cwd: string): readonly Answered[] {
  if (!existsSync(resolve(cwd, file))) throw new UserError({ where: '--resume', message: `there is no file ${file}` });
  const { value } = readAnswers(file, cwd);
  if (areAnswered(value)) return value;
  throw new UserError({
    where: '--resume',
    message: `${file} has no answers of a run that was stopped`,
    hint: 'an answers file is given with --answers',
  });
}

/**
 * Writes the answers to a file of its own where there are some, and says how to go on with them. `resumed` are those that a file
 * has already.
 */
export function keepAnswers(
  answered: readonly Answered[],
  cwd: string,
  resumed: { readonly file: string | undefined; readonly answered: readonly Answered[] },
): string | undefined {
  if (answered.every(each => !('answer' in each))) return undefined;
  if (isEqual(answered, resumed.answered)) return `${resumed.file} has your answers still, for --resume.`;
  const file = freeName(cwd, 'answers-so-far', '.yaml');
  const shown = relative(cwd, file);
  const title = `# Answers to the questions of mage-connector: the same command with --resume ${shown} goes on after them.\n`;
  writeFileSync(file, title + stringify(answered), { flag: 'wx' });
  return `The same command with --resume ${shown} goes on after your answers.`;
}
