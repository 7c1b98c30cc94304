import type { AnswersDocument } from '../answers/document.ts';
import type { RawAnswers } from '../answers/raw-answers.ts';
import { isMapping } from '../base/mapping.ts';
import { UserError } from '../base/problems.ts';

/** The streams that a file adds to a connector. Throws a UserError where it has none, or says more than that. */
export function documentStreams({ value, file, lineOf }: AnswersDocument): RawAnswers[] {
  const streams = isMapping(value) ? value.streams : undefined;
  if (!isMapping(value) || !Array.isArray(streams) || streams.length === 0) {
    throw new UserError({
      where: file,
      message: 'must have a list of streams to add',
      hint: 'streams: [{name: deals, …}]',
    });
  }
  const others = Object.keys(value).filter(key => key !== 'streams' && key !== 'kind');
  if (others.length > 0) {
    throw new UserError(
      others.map(key => ({
        where: `${file}, ${key}`,
        line: lineOf([key]),
        message: 'is no answer when streams are added',
        hint: 'streams is the only one',
      })),
    );
  }
  return streams;
}
