import type { Report } from '../../../connector/kind.ts';
import type { ApiStreamModel } from '../model.ts';
import { reportFormat } from './answers.ts';
import type { Reading } from './readings.ts';

interface FormatAnswers {
  readonly pagination: PaginationAnswers;
  readonly streams: readonly StreamAnswers[];
}

interface StreamAnswers {
  readonly response_format?: string | undefined;
  readonly encoding?: string | undefined;
  readonly pagination?: PaginationAnswers | undefined;
}

interface PaginationAnswers {
  readonly type: string;
  readonly [answer: string]: unknown;
}

/** Reports what streams can't say of the format of their responses. */
export function reportOwnFormats(
  answers: FormatAnswers,
  streams: readonly ApiStreamModel[],
  shared: Reading,
  report: Report,
): void {
  streams.forEach((stream, index) => {
    const answer = answers.streams[index] as StreamAnswers;
    const { format } = stream.reading;
    reportFormat(answer, [format], ([key = ''], ...rest) => report(['streams', index, key], ...rest));
    if (format.bare && /^(?!\*)./.test(stream.recordsPath))
      report(
        ['streams', index, 'records_path'],
        `is ${stream.recordsPath}, and ${format.name} has nothing around its records`,
        'leave it out; a path that begins with * goes into each record',
      );
    if (format.elements && isRoot(stream))
      report(
        ['streams', index, 'records_path'],
        `is missing, and ${format.name} has one element around all others, which has no place for several columns`,
        'begin it with the name of that element, such as list.item',
      );
    if (format.elements && stream.recordsIn === 'rows')
      report(
        ['streams', index, 'records_in'],
        `is rows, and ${format.name} has elements, which are no rows of values`,
        'leave it out: each element is a record',
      );
    for (const [fault, ...message] of faultsOf(stream, answer, answer.pagination ?? answers.pagination, shared))
      if (fault) report(['streams', index, answer.response_format ? 'response_format' : 'encoding'], ...message);
  });
}

/** True where a record would be the whole response, which has one field, and there are more columns to come of it. */
function isRoot({
  recordsIn,
  recordsPath,
  schema,
  shape,
  parents,
  forEach,
  fromResponse,
  deletedColumn,
}: ApiStreamModel) {
  if (recordsPath.length > 0 || !['list', 'object'].includes(recordsIn)) return false;
  if (shape.flatten.length > 0 || Object.keys(shape.columns).length > 0) return false;
  const added = [
    ...parents.flatMap(({ fields }) => Object.keys(fields)),
    ...Object.keys({ ...fromResponse, ...shape.values }),
    forEach?.as,
    deletedColumn,
  ];
  return Object.keys(schema.properties).filter(name => !added.includes(name)).length > 1;
}

type Fault = readonly [isFault: boolean, message: string, hint: string];

function faultsOf(
  { graphql, reading: { format } }: ApiStreamModel,
  { response_format, encoding }: StreamAnswers,
  { type, result_path, result_url }: PaginationAnswers,
  shared: Reading,
): Fault[] {
  const isOwn = response_format !== undefined || encoding !== undefined;
  return [
    [
      isOwn && graphql !== undefined,
      'has no place beside graphql, which is answered in JSON and UTF-8',
      'leave it out',
    ],
    [
      shared.format.elements && !format.elements,
      `is ${format.name}, beside a connector whose responses are ${shared.format.name}`,
      `say ${shared.format.name} of the streams that have it, and leave it out of the connector`,
    ],
    [
      isOwn && format.name !== 'json' && type === 'job' && result_path === undefined && result_url === undefined,
      'has no place where records stand beside the status of a job, which is JSON',
      'leave it out, or give result_path or result_url',
    ],
  ];
}
