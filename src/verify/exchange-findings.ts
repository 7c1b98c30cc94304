import type { CatalogStream } from './catalog.ts';
import type { Finding } from './finding.ts';
import { leftFault } from './left-findings.ts';
import type { StreamReading } from './reading.ts';
import { type PageFault, seriesFault } from './series-findings.ts';

/** Where a first run begins, if the configuration says so: what is older is left out on purpose. */
const MOMENT = /^\d{4}-\d{2}-\d{2}/;

/** What responses to a stream's requests had, or said that there was, and didn't come. */
export function exchangeFindings(
  stream: CatalogStream,
  reading: StreamReading,
  config: Readonly<Record<string, unknown>>,
): Finding[] {
  const { exchanges } = reading;
  const isCut = Object.values(config).some(value => typeof value === 'string' && MOMENT.test(value));
  const left = leftFault(exchanges, key => reading.hasKey(key), isCut);
  return [...(left ? [findingOf(stream, left)] : []), ...pageFindings(stream, reading)];
}

/** What is wrong with how a stream goes from page to page. */
export function pageFindings(stream: CatalogStream, { exchanges }: StreamReading): Finding[] {
  const faults = exchanges.series.map(seriesFault).filter(fault => fault !== undefined);
  return firstOfEach(faults).map(fault => findingOf(stream, fault));
}

function findingOf({ tap_stream_id: stream }: CatalogStream, { what, mend, isSure }: PageFault): Finding {
  return { step: 'first run', stream, is: isSure ? 'fault' : 'note', what, mend };
}

/** One of those that are mended alike: children have the same fault for each parent. */
function firstOfEach(faults: readonly PageFault[]): PageFault[] {
  const first = new Map<string, PageFault>();
  for (const fault of faults) if (!first.has(fault.mend)) first.set(fault.mend, fault);
  return [...first.values()];
}
