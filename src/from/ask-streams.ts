import * as v from 'valibot';
import type { Ask } from '../answers/ask.ts';
import { splitList } from '../base/lists.ts';
import { matches, withParents } from './choose.ts';
import type { DescribedStream } from './described.ts';

/** A longer list is searched first. */
const MAX_LIST = 15;

/** Asks which streams are wanted: those of a long list that have a text are ticked in a list of their own. */
export async function askStreams(ask: Ask, streams: readonly DescribedStream[]): Promise<DescribedStream[]> {
  if (streams.length < 2) return [...streams];
  const found = streams.length > MAX_LIST ? await search(ask, streams) : streams;
  const wanted = await ask.many('streams', {
    message: 'Which streams shall it have',
    choices: found.map(({ name, title, answers }) => ({
      value: name,
      name: `${name}  ${answers.path.value}${title && `  ${title}`}`.slice(0, 100),
      checked: true,
    })),
  });
  return withParents(streams, new Set(wanted));
}

/** Those whose name, path or title has one of the texts, or whose name one of the patterns stands for. */
export function searchStreams(streams: readonly DescribedStream[], text: string): readonly DescribedStream[] {
  const words = splitList(text.toLowerCase());
  if (words.length === 0) return streams;
  const fits = ({ name, title, answers }: DescribedStream, word: string) =>
    word.includes('*')
      ? matches(name.toLowerCase(), word)
      : `${name} ${answers.path.value} ${title}`.toLowerCase().includes(word);
  return streams.filter(stream => words.some(word => fits(stream, word)));
}

async function search(ask: Ask, streams: readonly DescribedStream[]): Promise<readonly DescribedStream[]> {
  const text = await ask.text('search', {
    message: `Which of ${streams.length} streams are of interest`,
    help: 'parts of their names or paths, with commas; empty: all are listed',
    optional: true,
    check: v.pipe(
      v.string(),
      v.check(words => searchStreams(streams, words).length > 0, 'is in no name, path or title'),
    ),
  });
  return searchStreams(streams, text ?? '');
}
