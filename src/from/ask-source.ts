import * as v from 'valibot';
import type { Ask } from '../answers/ask.ts';
import { namedSource } from './named-source.ts';

/** Asks what there is of an API or a stream; empty text is an answer. */
export function askSource(ask: Ask, cwd: string, help: string): Promise<string> {
  return ask.hidden('from', {
    message: 'What do you have of it',
    help,
    check: v.pipe(
      v.string(),
      v.rawCheck(({ dataset, addIssue }) => {
        const named = dataset.value === '' ? 'input' : namedSource(String(dataset.value), cwd);
        if (typeof named === 'object') addIssue({ message: `names nothing: ${named.message} (${named.hint})` });
      }),
    ),
  });
}
