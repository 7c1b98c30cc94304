import { basename } from 'node:path';
import { aligned } from '../base/columns.ts';
import type { Report } from '../changes/run.ts';
import type { Finding } from './finding.ts';
import type { Framework } from './framework.ts';
import { stepLines, verifiedName } from './progress.ts';
import type { Verified, VerifiedStream } from './verified.ts';

interface About {
  readonly folder: string;
  readonly framework: Framework;
  readonly limit: number | undefined;
}

/** What was found. */
export function verifyReport(verified: Verified, about: About): Report {
  const { steps, streams, findings } = verified;
  const { folder, framework, limit } = about;
  const connector = { uuid: basename(folder), folder };
  return {
    text: textReport(verified, about),
    json: { connector, framework: framework.from, ...(limit !== undefined && { limit }), steps, streams, findings },
    isAnswer: true,
  };
}

function textReport({ steps, streams, findings }: Verified, { folder, framework, limit }: About): string {
  const faults = findings.filter(({ is }) => is === 'fault').length;
  const name = basename(folder);
  return [
    ...verifiedName({ folder, framework }),
    ...stepLines(steps),
    ...(streams.length > 0 ? ['', ...streamTable(streams)] : []),
    ...firstRows(streams),
    ...findings.flatMap(finding => ['', ...findingLines(finding)]),
    '',
    faults === 0
      ? `${name} works${limit === undefined ? '' : `, as far as ${limit} records of each stream tell; a second run needs a run without --limit`}.`
      : `${name} has ${faults} fault${faults === 1 ? '' : 's'}.`,
    '',
  ].join('\n');
}

function streamTable(streams: readonly VerifiedStream[]): string[] {
  const number = (value: number | undefined) => (value === undefined ? '' : value.toLocaleString('en'));
  const isCounted = streams.some(({ counted }) => counted !== undefined);
  const isAsked = streams.some(({ requests }) => requests > 0);
  return aligned([
    ['stream', 'method', 'records', ...(isAsked ? ['requests'] : []), 'second run', ...(isCounted ? ['counted'] : [])],
    ...streams.map(({ name, method, records, requests, again, counted }) => [
      name,
      method,
      number(records),
      ...(isAsked ? [number(requests)] : []),
      number(again),
      ...(isCounted ? [number(counted)] : []),
    ]),
  ]);
}

const STREAMS_SHOWN = 3;
const COLUMNS_SHOWN = 5;

/** The first records of the first streams that have some. */
function firstRows(streams: readonly VerifiedStream[]): string[] {
  return streams
    .filter(({ rows }) => rows.length > 0)
    .slice(0, STREAMS_SHOWN)
    .flatMap(({ name, rows }) => {
      const all = Object.keys(rows[0] ?? {});
      const columns = all.slice(0, COLUMNS_SHOWN);
      const more = all.length > columns.length ? ['…'] : [];
      const cells = rows.map(row => [...columns.map(column => cell(row[column])), ...more]);
      return ['', `${name}:`, ...aligned([[...columns, ...more], ...cells])];
    });
}

const CELL = 24;

/** A value as one short line, without characters that a terminal would obey. */
function cell(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  const safe = text.replaceAll(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
  return safe.length > CELL ? `${safe.slice(0, CELL - 1)}…` : safe;
}

function findingLines({ is, step, stream, what, mend }: Finding): string[] {
  return [`${is} ${stream === undefined ? '' : `${stream}, `}${step}: ${what}`, ...(mend ? [`      ${mend}`] : [])];
}
