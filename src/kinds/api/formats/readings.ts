import { isEqual, pick } from 'lodash-es';
import type { PythonFeature } from '../python-feature.ts';
import { formatKeys, formatOf } from './answers.ts';
import type { ResponseFormat } from './format.ts';

/** How responses of some streams are written, with everything by which the client and the offline tests' API do it. */
export interface Reading extends Written {
  /** What Python calls it, which no other reading is called. */
  readonly name: string;
}

interface Written {
  readonly format: ResponseFormat;
  /** What requests accept. */
  readonly accept: string;
  /** What makes the client read it; the first defines `decode`. */
  readonly decoder: readonly PythonFeature[];
  /** What makes the fake API write it; nothing for JSON. */
  readonly fake: readonly PythonFeature[];
}

/** The reading of a connector, and those of its streams, which may be the very same. */
export interface Readings {
  readonly shared: Reading;
  readonly ofStreams: readonly Reading[];
}

/** What a connector or a stream says of its responses, whether its records come from jobs, and whether archives are asked for. */
export interface FormatGiven {
  readonly answers: object;
  readonly makesJobs: boolean;
  readonly hasArchives: boolean;
}

/** The readings of a connector, and of its streams: what these don't say is the connector's. */
export function readingsOf(connector: FormatGiven, streams: readonly FormatGiven[]): Readings {
  const common = pick(connector.answers, formatKeys);
  const first = written({ ...connector, answers: common });
  const shared: Reading = { ...first, name: first.format.name };
  const known = [shared];
  const ofStreams = streams.map(({ answers, ...given }) => {
    const own = written({ ...given, answers: { ...common, ...pick(answers, formatKeys) } });
    if (isEqual({ ...own, accept: first.accept }, first)) return shared;
    const same = known.find(({ name, ...each }) => isEqual(each, own));
    if (same) return same;
    const count = known.filter(({ format }) => format === own.format).length;
    const reading = { ...own, name: count === 0 ? own.format.name : `${own.format.name}_${count + 1}` };
    known.push(reading);
    return reading;
  });
  return { shared, ofStreams };
}

function written({ answers, makesJobs, hasArchives }: FormatGiven): Written {
  const { response_format, encoding } = answers as { response_format?: string; encoding?: string };
  const format = formatOf(response_format);
  const decoder = format.client(answers);
  return {
    format,
    // What is said of a job is JSON, and archives have media types of many names.
    accept: [
      format.accept,
      ...(makesJobs && format.name !== 'json' ? ['application/json;q=0.9'] : []),
      ...(hasArchives ? ['*/*;q=0.8'] : []),
    ].join(', '),
    decoder: encoding === undefined ? [decoder] : format.encoded(encoding, decoder),
    fake: format.fake(answers),
  };
}
