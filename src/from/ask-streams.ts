import type { Ask } from '../answers/ask.ts';
import { splitList } from '../base/lists.ts';
import { matches, withParents } from './choose.ts';
import type { DescribedStream } from './described.ts';

/** Names are in a column that is this wide at most. */
const MAX_NAME = 30;
/** Of a longer list nothing is ticked at first. */
const MAX_TICKED = 15;

/** Asks which streams are wanted, in a list that can be searched. */
export async function askStreams(ask: Ask, streams: readonly DescribedStream[]): Promise<DescribedStream[]> {
  if (streams.length < 2) return [...streams];
  const width = Math.min(Math.max(...streams.map(({ name }) => name.length)), MAX_NAME);
  const wanted = await ask.many('streams', {
    message: 'Which streams shall it have',
    choices: streams.map(({ name, title, answers }) => ({
      value: name,
      name: `${name.padEnd(width)}  ${answers.path.value}${title && `  ${title}`}`.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' '),
      checked: streams.length <= MAX_TICKED,
    })),
    matches: text => new Set(searchStreams(streams, text).map(({ name }) => name)),
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
