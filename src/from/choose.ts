import { splitList } from '../base/lists.ts';
import { nearest } from '../base/names.ts';
import { UserError } from '../base/problems.ts';
import type { DescribedStream } from './described.ts';

/**
 * The streams that `--streams` names, with the parents that they need, in the order of the description: names, patterns with
 * `*`, or `all`. Throws a UserError for each name that there isn't.
 */
export function chosenStreams(streams: readonly DescribedStream[], wanted: string | undefined): DescribedStream[] {
  if (wanted === undefined || wanted.trim() === 'all') return [...streams];
  const names = streams.map(({ name }) => name);
  const words = splitList(wanted);
  const unknown = words.filter(word => !names.some(name => matches(name, word)));
  if (unknown.length > 0 || words.length === 0)
    throw new UserError(
      (words.length > 0 ? unknown : [wanted]).map(word => {
        const meant = nearest(word, names);
        const hint = meant
          ? `did you mean ${meant}?`
          : `there are ${names.slice(0, 20).join(', ')}${names.length > 20 ? ` and ${names.length - 20} more` : ''}`;
        return { where: '--streams', message: `no stream is called ${word}`, hint };
      }),
    );
  return withParents(streams, new Set(names.filter(name => words.some(word => matches(name, word)))));
}

/** Those streams, and whose records they are asked for by. */
export function withParents(streams: readonly DescribedStream[], wanted: ReadonlySet<string>): DescribedStream[] {
  const needed = new Set(wanted);
  // A set that grows goes on with what was added.
  for (const name of needed) {
    const answers = streams.find(stream => stream.name === name)?.answers;
    for (const { stream } of answers?.parents?.value ?? (answers?.parent ? [answers.parent.value] : []))
      needed.add(stream);
  }
  return streams.filter(({ name }) => needed.has(name));
}

/** True for a name that a word with `*` for any text stands for. */
export function matches(name: string, word: string): boolean {
  const parts = word.split('*');
  if (parts.length === 1) return name === word;
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
  let at = first.length;
  return parts.slice(1, -1).every(part => {
    const found = name.slice(0, name.length - last.length).indexOf(part, at);
    at = found + part.length;
    return found >= 0;
  });
}
