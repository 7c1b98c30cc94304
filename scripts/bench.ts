/**
 * Measures what a user waits for: `npm run bench -- [--sample MEGABYTES] [--api] [--sql] [--verify] [--runs N] [--json] [--check]`.
 * With --sample it is how a large sample is read, with --api how a generated connector reads an API, under the double or under
 * Mage's own framework, and with --sql how one reads a table of `--rows N` in PostgreSQL beside Mage's own source, with --verify what `verify` takes
 * beside the runs by themselves, of as many records as the environment's RECORDS says (100,000); otherwise start-up and growth, and the table. `--mage DIR --singer DIR` name checkouts. With --check a missed target makes the exit
 * code 1.
 */
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { realCheckouts } from '../test/framework/checkout.ts';
import { answersOf } from './bench/answers.ts';
import { interleaved, peakMemory } from './bench/measure.ts';
import { measureReading, readingLines, readingTargets } from './bench/reading.ts';
import { type Measured, reportLines, type Size, type Target, targetLines, targetsOf } from './bench/report.ts';
import { measureSample, sampleLines, sampleTargets } from './bench/sample.ts';
import { type Bench, fresh, setUp, written } from './bench/setup.ts';
import { measureThroughput, throughputLines, throughputTargets } from './bench/throughput.ts';
import { measureVerifying, verifyingLines, verifyingTargets } from './bench/verifying.ts';
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

interface Arguments {
  readonly runs: number | undefined;
  readonly rows: number;
  readonly sample: number;
  readonly parts: readonly (keyof typeof PARTS)[];
  readonly json: boolean;
  readonly check: boolean;
}

/** What the options say; the checkouts go into the environment, where the tests' framework looks for them. */
function readArguments(): Arguments {
  const [text, flag] = [{ type: 'string' }, { type: 'boolean' }] as const;
  const numbers = { runs: text, rows: text, sample: text };
  const { values } = parseArgs({
    options: { ...numbers, api: flag, sql: flag, verify: flag, mage: text, singer: text, json: flag, check: flag },
  });
  const { runs, rows = '1000000', sample, mage, singer, json = false, check = false } = values;
  for (const [name, value = '1'] of Object.entries({ runs, rows, sample }))
    if (!/^[1-9]\d*$/.test(value)) throw new Error(`--${name} needs a number, such as 1000`);
  if ((mage === undefined) !== (singer === undefined)) throw new Error('--mage DIR and --singer DIR belong together');
  if (mage && singer) Object.assign(process.env, { MAGE_CHECKOUT: mage, SINGER_CHECKOUT: singer });
  const chosen = (['sample', 'api', 'sql', 'verify'] as const).filter(part => values[part] !== undefined);
  return {
    runs: runs === undefined ? undefined : Number(runs),
    rows: Number(rows),
    sample: Number(sample),
    parts: chosen.length > 0 ? chosen : ['generating', 'sql'],
    json,
    check,
  };
}

/** What was measured, the report of it for people, and the targets. */
interface Part {
  readonly measured: object;
  readonly lines: readonly string[];
  readonly targets: readonly Target[];
}

const PARTS = {
  generating: ({ runs = 7 }: Arguments) =>
    withBench(async bench => {
      const measured: Measured = { startUp: await measureStartUp(bench, runs), sizes: await measureSizes(bench, runs) };
      return { measured, lines: reportLines(measured, runs), targets: targetsOf(measured) };
    }),
  sample: ({ sample, runs = 1 }: Arguments) =>
    withBench(async bench => {
      const measured = await measureSample(bench, sample, runs);
      return { measured, lines: sampleLines(measured), targets: sampleTargets(measured) };
    }),
  api: async ({ runs = 5 }: Arguments): Promise<Part> => {
    const measured = await measureThroughput(runs);
    return { measured, lines: throughputLines(measured), targets: throughputTargets(measured) };
  },
  verify: async ({ runs = 1 }: Arguments): Promise<Part> => {
    const measured = await measureVerifying(ROOT, Number(process.env.RECORDS ?? 100_000), runs);
    return { measured: { verifying: measured }, lines: verifyingLines(measured), targets: verifyingTargets(measured) };
  },
  sql: async ({ rows }: Arguments): Promise<Part> => {
    const reading = realCheckouts()
      ? await measureReading(rows)
      : { skipped: '--mage DIR and --singer DIR name checkouts to compare with' };
    if ('skipped' in reading)
      return { measured: { reading }, lines: [`Reading a table: skipped: ${reading.skipped}`], targets: [] };
    return { measured: { reading }, lines: readingLines(reading), targets: readingTargets(reading) };
  },
};

async function withBench(measure: (bench: Bench) => Promise<Part>): Promise<Part> {
  const bench = setUp(ROOT);
  try {
    return await measure(bench);
  } finally {
    rmSync(bench.folder, { recursive: true, force: true });
  }
}

const given = readArguments();
const done: Part[] = [];
for (const part of given.parts) done.push(await PARTS[part](given));
const targets = done.flatMap(part => part.targets);
const measured = Object.assign({}, ...done.map(part => part.measured));
if (given.json) process.stdout.write(`${JSON.stringify({ ...measured, targets }, undefined, 2)}\n`);
else
  say('', ...done.flatMap(({ lines }) => [...lines, '']), ...(targets.length > 0 ? [...targetLines(targets), ''] : []));
if (given.check && targets.some(({ met }) => !met)) process.exitCode = 1;
