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
    for (const [fault, ...message] of faultsOf(stream, answer, answer.pagination ?? answers.pagination, shared))
      if (fault) report(['streams', index, answer.response_format ? 'response_format' : 'encoding'], ...message);
  });
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
