import * as v from 'valibot';
import { connectorEntries } from '../../answers/connector.ts';
import { choice, fields, line, list, placeholders } from '../../answers/fields.ts';
import { streamEntries } from '../../answers/stream.ts';
import { FORMATS, formatAnswers, formatStreamAnswers } from './formats/registry.ts';
import { LOCATIONS } from './locations/registry.ts';

export const path = v.pipe(
  line('The files: a path or a glob pattern below base_path; {key} stands for a configuration key'),
  v.check(
    value => LOCATIONS.some(location => location.isPath(value)),
    `must be ${LOCATIONS.map(({ pathForm }) => pathForm).join(' or ')}`,
  ),
  placeholders,
  v.regex(
    /^(?:[^{}\p{Cc}]|\{[^{}\p{Cc}]*\})+$/u,
    'must be a path such as exports/orders-*.csv; braces are for configuration keys only',
  ),
);

/** The answers of one stream. */
export const fileStream = fields({ ...streamEntries, path, ...formatStreamAnswers });

/** The answers that make a file connector. */
export const fileAnswers = fields({
  kind: v.literal('file', 'must be file'),
  ...connectorEntries,
  format: choice(
    FORMATS.map(({ name }) => name),
    `What is in the files: ${alternatives(FORMATS.map(({ summary }) => summary))}`,
  ),
  location: v.optional(
    choice(
      LOCATIONS.map(({ name }) => name),
      'Where the files are',
    ),
    'local',
  ),
  ...formatAnswers,
  streams: v.pipe(
    list(fileStream, 'The streams: one for each kind of record'),
    v.minLength(1, 'must have at least one stream'),
  ),
});

function alternatives(texts: readonly string[]): string {
  return `${texts.slice(0, -1).join(', ')}, or ${texts.at(-1)}`;
}

export type FileAnswers = v.InferOutput<typeof fileAnswers>;
export type FileStreamAnswers = v.InferOutput<typeof fileStream>;
