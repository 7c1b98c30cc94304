import { tableLines } from '../demo/terminal.ts';
import { ratio, type Times } from './measure.ts';

/** Times of so many streams by our own command: a first run, and a second one with --bail that finds nothing to do. */
export interface Size {
  readonly streams: number;
  readonly first: Times;
  readonly second: Times;
  /** In megabytes. */
  readonly memory: number;
}

export interface Measured {
  readonly startUp: { readonly trivial: Times; readonly yo: Times; readonly command: Times };
  readonly sizes: readonly Size[];
}

export interface Target {
  readonly name: string;
  readonly value: number;
  readonly limit: number;
  readonly met: boolean;
}

/** The targets of this project: what a user waits for, compared with Yeoman itself. */
export function targetsOf({ startUp: { trivial, yo, command }, sizes }: Measured): Target[] {
  const slopes = sizes.slice(1).map((size, index) => perStream(sizes[index], size));
  return [
    target('ours through yo, in times of a trivial generator', ratio(yo, trivial), 1.25),
    target('our command, in times of a trivial generator through yo', ratio(command, trivial), 0.27),
    target('the most streams, in times of the fewest', growth(sizes), 3.5),
    target('milliseconds of a further stream, at most', Math.max(...slopes), 3),
    target(
      'linear growth: that of 100 to 1,000 streams, in times of 10 to 100',
      (slopes.at(-1) ?? 0) / (slopes[0] ?? 1),
      1.5,
    ),
  ];
}

/** How many times as long the most streams take as the fewest. */
function growth(sizes: readonly Size[]): number {
  const [fewest, most] = [sizes[0], sizes.at(-1)];
  return fewest && most ? ratio(most.first, fewest.first) : Number.NaN;
}

/** A target, and whether it is met. */
export function target(name: string, value: number, limit: number): Target {
  return { name, value, limit, met: value <= limit };
}

function perStream(fewer: Size | undefined, more: Size): number {
  return fewer ? (more.first.median - fewer.first.median) / (more.streams - fewer.streams) : Number.NaN;
}

/** The report for people. */
export function reportLines(measured: Measured, runs: number): string[] {
  const { startUp, sizes } = measured;
  const startUps = Object.values(startUp).map(times => [
    times.name,
    ...milliseconds(times),
    ratio(times, startUp.trivial).toFixed(2),
  ]);
  const growth = sizes.map((size, index) => [
    String(size.streams),
    ...milliseconds(size.first),
    index > 0 ? perStream(sizes[index - 1], size).toFixed(2) : '',
    size.second.median.toFixed(0),
    `${size.memory.toFixed(0)} MB`,
  ]);
  return [
    `Milliseconds of whole processes, medians of ${runs} runs in turn, after one to warm up`,
    '',
    ...tableLines(['10 streams', 'median', 'min to max', 'ratio'], startUps),
    '',
    ...tableLines(['streams', 'median', 'min to max', 'per stream', 'again with --bail', 'peak'], growth),
  ];
}

/** The table of targets. */
export function targetLines(targets: readonly Target[]): string[] {
  const rows = targets.map(({ name, value, limit, met }) => [
    name,
    value.toFixed(2),
    limit.toFixed(2),
    met ? 'met' : 'missed',
  ]);
  return tableLines(['target', 'is', 'limit', ''], rows);
}

function milliseconds({ median, min, max }: Times): string[] {
  return [median.toFixed(0), `${min.toFixed(0)} to ${max.toFixed(0)}`];
}
