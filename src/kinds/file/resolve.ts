import { omitBy, pick } from 'lodash-es';
import type { Validated } from '../../answers/validate.ts';
import type { ConnectorBase, Report, StreamReport } from '../../connector/kind.ts';
import type { DeclaredStream, StreamModel } from '../../connector/model.ts';
import { reportValueFormat, type Samples } from '../../connector/schema-streams.ts';
import type { FileAnswers, FileStreamAnswers } from './answers.ts';
import { givenStreams, placeholders } from './config.ts';
import { type AnyFormat, FORMATS, formatAnswers, formatNamed, formatStreamAnswers } from './formats/registry.ts';
import type { FileModel, FileStreamModel } from './model.ts';
import { sourceParts } from './source.ts';

/** Samples are files like those that the connector reads. */
export function samplesOf({ output, faulty }: Validated<FileAnswers>): Samples {
  const sound = omitBy({ ...output }, (_, name) => faulty([name]));
  if ('format' in sound) return formatNamed(output.format).sample(sound, {});
  return { ...Object.assign({}, ...FORMATS.map(format => format.sample(sound, {}))), format: undefined };
}

/** Checks what a stream's answers say together, and completes its model. */
export function resolveFileStream(own: FileStreamAnswers, stream: StreamModel, report: StreamReport): FileStreamModel {
  const { replicationKey, schema } = stream;
  reportValueFormat(stream, report);
  const type = replicationKey === undefined ? undefined : schema.properties[replicationKey]?.type[1];
  if (type && !['string', 'integer', 'number'].includes(type)) {
    const hint = 'a bookmark is text or a number that grows, such as updated_at';
    report('replication_key', `${replicationKey} is of the type ${type}`, hint);
  }
  return { ...stream, path: own.path, settings: Object.assign({}, ...FORMATS.map(format => format.settings(own))) };
}

/** The model of a file connector. */
export function resolveFile(
  answers: FileAnswers,
  base: ConnectorBase,
  streams: readonly DeclaredStream[],
  report: Report,
): FileModel {
  reportMisplaced(answers, report);
  reportUnused(answers, report);
  const { isTyped } = formatNamed(answers.format);
  const models = (streams as readonly FileStreamModel[]).map(stream =>
    // Where all is text, columns of several types need no conversion.
    isTyped ? stream : { ...stream, textColumns: [] },
  );
  return {
    ...base,
    kind: 'file',
    pythonPackages: [],
    format: answers.format,
    location: answers.location,
    streams: models,
    source: sourceParts(answers, base.config, models),
  };
}

/** Answers that mean nothing in the connector's format: those of other formats, and the conversion of values that all are text. */
function reportMisplaced(answers: FileAnswers, report: Report): void {
  const { format, streams } = answers;
  const misplaced = (path: (string | number)[], value: unknown, has: (format: AnyFormat) => boolean) => {
    const formats = FORMATS.filter(has).map(({ name }) => name);
    if (value === undefined || formats.includes(format)) return;
    report(path, `has no meaning in ${format} files`, `leave it out: it is for ${formats.join(' and ')}`);
  };
  for (const [name, value] of Object.entries(pick(answers, Object.keys(formatAnswers))))
    misplaced([name], value, each => name in each.answers);
  givenStreams(streams).forEach((stream, index) => {
    for (const [name, value] of Object.entries(pick(stream, Object.keys(formatStreamAnswers))))
      misplaced(['streams', index, name], value, each => name in each.streamAnswers);
    misplaced(['streams', index, 'text_columns'], stream.text_columns, each => each.isTyped);
  });
}

/** A configuration key of the answers' own has nowhere to go but into a path. */
function reportUnused(answers: FileAnswers, report: Report): void {
  const used = placeholders(answers);
  answers.config?.forEach(({ name }, index) => {
    if (used.includes(name)) return;
    report(['config', index, 'name'], `${name} is used by no stream`, `write {${name}} in a path, or leave it out`);
  });
}
