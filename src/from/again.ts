import { isMatch } from 'lodash-es';
import type { RawAnswers } from '../answers/raw-answers.ts';
import type { DescribedApi, DescribedStream } from './described.ts';
import { streamAnswers } from './to-answers.ts';

/** What a description has in comparison with a connector that exists. */
export interface Compared {
  /** Streams that the connector lacks. */
  readonly added: readonly DescribedStream[];
  /** What is changed and gone, for the user to decide: no stream is changed or taken out by it. */
  readonly notes: readonly string[];
}

/** Answers that are no concern of a description: users choose them, or a sample gives them. */
const OWN = new Set(['schema', 'text_columns', 'replication_method']);

/** Compares the streams of a description with those of a connector. `isWhole` is false where some were chosen only. */
export function compared({ streams }: DescribedApi, recorded: readonly RawAnswers[], isWhole: boolean): Compared {
  const twin = (name: unknown) => recorded.find(stream => stream.name === name);
  const changed = streams.flatMap(stream => {
    const before = twin(stream.name);
    const now = streamAnswers(stream, []).answers;
    const keys = before ? Object.keys(now).filter(key => !OWN.has(key) && !isMatch(before, { [key]: now[key] })) : [];
    return keys.length > 0
      ? [`${stream.name} stays as it is; the description has other answers: ${keys.join(', ')}`]
      : [];
  });
  const gone = recorded.map(({ name }) => String(name)).filter(name => !streams.some(stream => stream.name === name));
  return {
    added: streams.filter(({ name }) => twin(name) === undefined),
    notes: [...changed, ...(isWhole ? gone.map(name => `${name} stays, though the description has it no more`) : [])],
  };
}
