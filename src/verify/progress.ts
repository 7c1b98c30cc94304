import { basename } from 'node:path';
import { aligned } from '../base/columns.ts';
import type { StreamReading } from './reading.ts';
import type { EndedStep, VerifyJob } from './verified.ts';

/** Streams that are shown while they are read: the last that have begun. */
const SHOWN = 8;

/** Which connector is verified, and under what. */
export function verifiedName({ folder, framework }: Pick<VerifyJob, 'folder' | 'framework'>): string[] {
  return ['', `${basename(folder)} under ${framework.from}`, ''];
}

/** The steps that have ended, and the one that runs, if one does. */
export function stepLines(ended: readonly EndedStep[], running?: Omit<EndedStep, 'ok'>): string[] {
  const row = (sign: string, { step, seconds }: Omit<EndedStep, 'ok'>) => [sign, step, `${seconds.toFixed(1)} s`];
  return aligned([...ended.map(each => row(each.ok ? 'ok' : 'FAILED', each)), ...(running ? [row('…', running)] : [])]);
}

/** What streams have given so far. */
export function readLines(streams: ReadonlyMap<string, StreamReading>): string[] {
  const begun = [...streams].filter(([, { hasSchema }]) => hasSchema).slice(-SHOWN);
  const isAsked = begun.some(([, { exchanges }]) => exchanges.count > 0);
  const rows = begun.map(([name, { records, exchanges }]) => [
    name,
    records.toLocaleString('en'),
    ...(isAsked ? [exchanges.count.toLocaleString('en')] : []),
  ]);
  return rows.length > 0 ? ['', ...aligned([['stream', 'records', ...(isAsked ? ['requests'] : [])], ...rows])] : [];
}
