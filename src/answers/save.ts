import { dirname, relative, resolve } from 'node:path';
import { stringify } from 'yaml';
import { isMapping } from '../base/mapping.ts';
import type { RawAnswers } from './raw-answers.ts';

/** The text of an answers file that gives the same run: YAML, with file names relative to where it will stand. */
export function answersFile(answers: RawAnswers, folder: string, file: string): string {
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
  return stringify({ ...answers, ...(streams && { streams }) }, { lineWidth: 120 });
}

function moveFile(name: string, folder: string, file: string): string {
  return relative(dirname(file), resolve(folder, name)).replaceAll('\\', '/');
}
