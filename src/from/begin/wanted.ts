import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { readAnswers } from '../../answers/document.ts';
import { isMapping } from '../../base/mapping.ts';
import type { CommandInput } from '../../changes/command.ts';
import { optionValue } from '../../options/given-options.ts';

/** The stream that a schema is of, and what there is of it. */
export interface Wanted {
  readonly stream: string;
  /** A file that an answers file names is absolute. */
  readonly from: string;
  readonly recordsPath: string | undefined;
}

/** What is wanted by the answers or the flags; undefined where a part of it is missing or comes from a run of the connector. */
export function wantedIn({ given, flags, cwd }: CommandInput): Wanted | undefined {
  if (given.answers === undefined)
    return optionValue(flags, 'run') === true
      ? undefined
      : wanted(flags.name, optionValue(flags, 'from'), optionValue(flags, 'records-path'));
  const { value, folder } = readAnswers(given.answers, cwd);
  const answers = isMapping(value) ? value : {};
  const file = typeof answers.sample === 'string' ? resolve(folder, answers.sample) : '';
  const isFile = statSync(file, { throwIfNoEntry: false })?.isFile() === true;
  return answers.run === true
    ? undefined
    : wanted(answers.stream, isFile ? file : answers.sample, answers.records_path);
}

function wanted(stream: unknown, from: unknown, recordsPath: unknown): Wanted | undefined {
  if (typeof stream !== 'string' || typeof from !== 'string' || from === '') return undefined;
  return { stream, from, recordsPath: typeof recordsPath === 'string' ? recordsPath : undefined };
}
