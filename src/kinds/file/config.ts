import type { RawAnswers } from '../../answers/raw-answers.ts';
import type { ConfigKey } from '../../connector/model.ts';
import type { FileAnswers, FileStreamAnswers } from './answers.ts';
import { formatNamed } from './formats/registry.ts';
import { locationNamed } from './locations/registry.ts';

const PLACEHOLDER = /\{([a-z][a-z0-9_]*)\}/g;

/** The configuration keys of a file connector: those of its location and its format, and the placeholders. */
export function fileConfig(answers: FileAnswers): ConfigKey[] {
  const own = [...locationNamed(answers.location).config, ...formatNamed(answers.format).config(answers)];
  const derived = placeholders(answers).filter(name => !own.some(key => key.name === name));
  return [...own, ...derived.map(placeholderKey)];
}

/** The answer that made a key of a file connector which no path has. */
export function fileKeyAnswer(name: string, { location, format }: RawAnswers): string {
  const ofLocation = locationNamed(location as FileAnswers['location']).config.some(key => key.name === name);
  return ofLocation ? `location ${String(location)}` : `format ${String(format)}`;
}

function placeholderKey(name: string): ConfigKey {
  return { name, description: `Stands for {${name}} in the paths`, required: true, secret: false, derived: true };
}

/** The configuration keys that stand in paths. */
export function placeholders({ streams }: FileAnswers): string[] {
  const paths = givenStreams(streams).map(({ path }) => String(path));
  return [...new Set(paths.flatMap(path => [...path.matchAll(PLACEHOLDER)].map(([, name]) => name as string)))];
}

/** The streams as they were given, of which some may have faults: other answers are checked all the same. */
export function givenStreams(streams: unknown): Partial<FileStreamAnswers>[] {
  return Array.isArray(streams) ? streams.map(stream => stream ?? {}) : [];
}
