import type { DescribedApi, DescribedStream } from './described.ts';

/** An answer that neither the source nor the API gives, and why. */
export interface Unknown {
  readonly answer: 'base_url' | 'pagination' | 'schema' | 'records_path' | 'key_properties';
  /** The stream whose answer it is; undefined for the connector's. */
  readonly stream: string | undefined;
  readonly why: string;
}

/** What is not known of an API, before one pagination is taken for all of its streams. */
export function unknownOf(api: DescribedApi): Unknown[] {
  const { answers, streams } = api;
  const isPaged = answers.pagination !== undefined || streams.some(stream => stream.answers.pagination !== undefined);
  return [
    ...unless(answers.base_url ?? streams.every(stream => stream.answers.base_url), {
      answer: 'base_url',
      stream: undefined,
      why: 'what you gave names no server',
    }),
    ...streams.flatMap(stream => unknownOfStream(stream, api)),
    ...unless(isPaged, { answer: 'pagination', stream: undefined, why: 'nothing shows how pages go on' }),
  ];
}

function unknownOfStream({ name, answers, schema }: DescribedStream, { notes }: DescribedApi): Unknown[] {
  const of = (answer: Unknown['answer'], why: string): Unknown => ({ answer, stream: name, why });
  // Without its columns nothing else can be told of a stream.
  if (!schema) return [of('schema', unsettled(name, notes))];
  const [path, count] = [answers.records_path, Object.keys((schema.value.properties ?? {}) as object).length];
  return [
    ...unless(path, of('records_path', 'its response is not described')),
    ...unless(answers.key_properties, of('key_properties', `none of its ${count} columns shows that it is one`)),
  ];
}

function unless(known: unknown, unknown: Unknown): Unknown[] {
  return known ? [] : [unknown];
}

/** Why the API's own answer has not settled a stream. */
function unsettled(name: string, notes: readonly string[]): string {
  const beginnings = [`${name} was not settled: `, 'the API was asked for nothing: '];
  for (const beginning of beginnings) {
    const note = notes.find(other => other.startsWith(beginning));
    if (note) return note.slice(beginning.length);
  }
  return 'the API was not asked';
}
