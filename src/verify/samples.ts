import type { Finding } from './finding.ts';
import type { StreamReading } from './reading.ts';

/** How many rows the sample of each stream has, as an action printed it. */
export function sampleSizes(lines: readonly string[]): ReadonlyMap<string, number> {
  return new Map(
    lines.flatMap((line): [string, number][] => {
      try {
        const { stream_id: stream, sample_data: columns } = JSON.parse(line);
        const [first = {}] = Object.values(JSON.parse(columns) as Record<string, object>);
        return [[String(stream), Object.keys(first).length]];
      } catch {
        return [];
      }
    }),
  );
}

/** Streams whose sample is empty, or isn't there, though a run yields records at once. */
export function sampleFindings(
  sizes: ReadonlyMap<string, number>,
  streams: ReadonlyMap<string, StreamReading>,
): Finding[] {
  return [...streams]
    .filter(([name, { exchanges, records }]) => (exchanges.left?.begin ?? records) > 0 && !sizes.get(name))
    .map(([stream, { records }]) => ({
      step: 'sample',
      stream,
      is: 'note',
      what: `its sample has no rows, and a run gave ${records.toLocaleString('en')} records`,
      mend: 'Mage’s page shows what is yielded first: have load_data yield the same rows in a sample',
    }));
}
