import { dirname, relative, resolve } from 'node:path';
import { Document, isMap, isScalar } from 'yaml';
import { isMapping } from '../base/mapping.ts';
import type { AnswerComment } from './document.ts';
import type { RawAnswers } from './raw-answers.ts';

/** The text of an answers file that gives the same run: YAML, with file names relative to where it will stand. */
export function answersFile(
  answers: RawAnswers,
  folder: string,
  file: string,
  comments: readonly AnswerComment[],
): string {
  const moved = (schema: unknown) =>
    isMapping(schema)
      ? Object.fromEntries(
          Object.entries(schema).map(([key, value]) => [
            key,
            typeof value === 'string' ? moveFile(value, folder, file) : value,
          ]),
        )
      : schema;
  const streams = Array.isArray(answers.streams)
    ? answers.streams.map(stream =>
        isMapping(stream) && 'schema' in stream ? { ...stream, schema: moved(stream.schema) } : stream,
      )
    : undefined;
  const document = new Document({ ...answers, ...(streams && { streams }) });
  for (const [path, comment] of comments) addComment(document, path, comment);
  return document.toString({ lineWidth: 120 });
}

/** Puts a comment above an answer; what the answers don't have gets none. */
function addComment(document: Document, path: AnswerComment[0], comment: string): void {
  const parent = document.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) return;
  const pair = parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1));
  // Of a key that begins a list's item, the comment would stand before the dash of another.
  if (pair && isScalar(pair.key)) pair.key.commentBefore = ` ${comment.replaceAll(/\s+/g, ' ')}`;
}

function moveFile(name: string, folder: string, file: string): string {
  return relative(dirname(file), resolve(folder, name)).replaceAll('\\', '/');
}
