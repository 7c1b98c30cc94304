import { isDeepStrictEqual } from 'node:util';
import type { Finding } from './finding.ts';
import type { StreamReading } from './reading.ts';

/** Streams that ask for what another one asks for, and give the same records. */
export function sameStreamFindings(streams: ReadonlyMap<string, StreamReading>): Finding[] {
  const byRequest = new Map<string, [name: string, reading: StreamReading]>();
  return [...streams].flatMap(([stream, reading]): Finding[] => {
    const request = [...reading.exchanges.begins.values()].join('\n');
    if (request === '' || reading.records === 0) return [];
    const [other, first] = byRequest.get(request) ?? [stream, reading];
    if (other === stream) byRequest.set(request, [stream, reading]);
    const isSame = other !== stream && first.records === reading.records && isDeepStrictEqual(first.rows, reading.rows);
    if (!isSame) return [];
    return [
      {
        step: 'first run',
        stream,
        is: 'note',
        what: `asks for the same as ${other}, and gives the same records`,
        mend: 'does its path, or what chooses the stream in load_data, belong to the other one?',
      },
    ];
  });
}
