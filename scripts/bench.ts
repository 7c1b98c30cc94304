/**
 * Measures what a user waits for: `npm run bench -- [--runs N] [--sample MEGABYTES | --api [--mage DIR --singer DIR]] [--json] [--check]`.
 * With --sample it is how a large sample is read, with --api how a generated connector reads an API, under the double or under
 * Mage's own framework, otherwise start-up and growth. With --check a missed target makes the exit code 1.
 */
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { answersOf } from './bench/answers.ts';
import { interleaved, peakMemory } from './bench/measure.ts';
import { type Measured, reportLines, type Size, type Target, targetLines, targetsOf } from './bench/report.ts';
import { measureSample, sampleLines, sampleTargets } from './bench/sample.ts';
import { type Bench, fresh, setUp, written } from './bench/setup.ts';
import { measureThroughput, throughputLines, throughputTargets } from './bench/throughput.ts';
import { say } from './demo/terminal.ts';

const ROOT = resolve(import.meta.dirname, '..');
const SIZES = [10, 100, 1000];

async function measureStartUp(bench: Bench, runs: number): Promise<Measured['startUp']> {
  const answers = ['--answers', answersOf(bench, 10)];
  const [trivial, yo, command] = await interleaved(
    [
      fresh(bench, 'a trivial generator through yo', [bench.yo, 'trivial']),
      fresh(bench, 'ours through yo', [bench.yo, 'mage-connector', ...answers]),
      fresh(bench, 'our own command', [bench.command, ...answers]),
    ],
    runs,
  );
  if (!trivial || !yo || !command) throw new Error('a time is missing');
  return { trivial, yo, command };
}

async function measureSizes(bench: Bench, runs: number): Promise<Size[]> {
  const subjects = SIZES.map(streams => {
    const first = fresh(bench, `${streams} streams`, [bench.command, '--answers', answersOf(bench, streams)]);
    return { streams, first, second: written(first) };
  });
  const times = await interleaved(
    subjects.flatMap(({ first, second }) => [first, second]),
    runs,
  );
  const sizes: Size[] = [];
  for (const [index, { streams, first: subject }] of subjects.entries()) {
    const [first, second] = times.slice(2 * index);
    if (!first || !second) throw new Error('a time is missing');
    sizes.push({ streams, first, second, memory: await peakMemory(subject) });
  }
  return sizes;
}

interface What {
  readonly runs: number;
  readonly sample: number | undefined;
  readonly api: boolean;
}

function readArguments(): What & { readonly json: boolean; readonly check: boolean } {
  const [text, flag] = [{ type: 'string' }, { type: 'boolean' }] as const;
  const { values } = parseArgs({
    options: { runs: text, sample: text, api: flag, mage: text, singer: text, json: flag, check: flag },
  });
  const { sample, api = false, mage, singer, json = false, check = false } = values;
  const { runs = sample !== undefined ? '1' : api ? '5' : '7' } = values;
  if (!/^[1-9]\d*$/.test(runs)) throw new Error('--runs needs a number of runs, such as 7');
  if (sample !== undefined && !/^[1-9]\d*$/.test(sample)) throw new Error('--sample needs megabytes, such as 1000');
  if ((mage === undefined) !== (singer === undefined)) throw new Error('--mage DIR and --singer DIR belong together');
  // Where the test framework looks for checkouts.
  if (mage && singer) Object.assign(process.env, { MAGE_CHECKOUT: mage, SINGER_CHECKOUT: singer });
  return { runs: Number(runs), sample: sample === undefined ? undefined : Number(sample), api, json, check };
}

/** What was measured, the report of it for people, and the targets. */
async function measure(
  bench: Bench,
  { runs, sample, api }: What,
): Promise<{ measured: object; lines: readonly string[]; targets: readonly Target[] }> {
  if (api) {
    const measured = await measureThroughput(runs);
    return { measured, lines: throughputLines(measured), targets: throughputTargets(measured) };
  }
  if (sample === undefined) {
    const measured: Measured = { startUp: await measureStartUp(bench, runs), sizes: await measureSizes(bench, runs) };
    return { measured, lines: reportLines(measured, runs), targets: targetsOf(measured) };
  }
  const measured = await measureSample(bench, sample, runs);
  return { measured, lines: sampleLines(measured), targets: sampleTargets(measured) };
}

const { json, check, ...what } = readArguments();
const bench = setUp(ROOT);
try {
  const { measured, lines, targets } = await measure(bench, what);
  if (json) process.stdout.write(`${JSON.stringify({ runs: what.runs, ...measured, targets }, undefined, 2)}\n`);
  else say('', ...lines, '', ...targetLines(targets), '');
  if (check && targets.some(({ met }) => !met)) process.exitCode = 1;
} finally {
  rmSync(bench.folder, { recursive: true, force: true });
}
