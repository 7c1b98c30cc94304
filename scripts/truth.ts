/**
 * Holds what `--from` makes of OpenAPI descriptions against what others wrote of the same APIs by hand:
 * `node --import tsx/esm scripts/truth.ts FOLDER`.
 * The folder has one for each API, with a manifest.yaml of Airbyte's and one OpenAPI description or several.
 * It prints a table, and each difference that no verdict of truth/verdicts.yaml judges. It fails where 3 % of what we call said or inferred are wrong.
 */
import { ASPECTS, type Comparison, comparisons } from './truth/compare.ts';
import { pairsBelow } from './truth/pairs.ts';
import { verdictFor } from './truth/verdicts.ts';

const MAX_WRONG = 0.03;

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write('name the folder that has a folder for each API\n');
  process.exit(1);
}
const all: Comparison[] = [];
let apis = 0;
for await (const pair of pairsBelow(folder)) {
  const found = comparisons(pair);
  if (found.length > 0) apis += 1;
  else process.stdout.write(`${pair.name}: no stream of the manifest has the path of one of ours\n`);
  all.push(...found);
}

const isSure = ({ grade }: Comparison) => grade === 'said' || grade === 'inferred';
/** A key or a bookmark that the manifest hasn't can't be held against it. */
const isAlone = ({ aspect, theirs }: Comparison) => theirs === undefined && aspect !== 'records' && aspect !== 'paging';
const isAlike = ({ ours, theirs }: Comparison) => (ours ?? '') === (theirs ?? '');
const right = (one: Comparison) => verdictFor(one)?.right;
const row = (cells: readonly unknown[]) =>
  `${cells.map((cell, index) => (index === 0 ? String(cell).padEnd(10) : String(cell).padStart(9))).join('')}\n`;

for (const one of all) {
  if (one.ours === undefined || isAlone(one) || isAlike(one) || right(one)) continue;
  const { api, path, aspect, ours, theirs, grade, evidence } = one;
  process.stdout.write(`${api} ${path} ${aspect}: ${grade} ${ours}, they have ${theirs ?? 'nothing'} (${evidence})\n`);
}
process.stdout.write(`${apis} APIs, ${new Set(all.map(({ api, path }) => `${api} ${path}`)).size} streams\n`);
process.stdout.write(
  row(['', 'alike', 'differs', 'ours', 'both', 'theirs', 'descr.', 'unjudged', 'not found', 'alone', 'sure', 'wrong']),
);
let sure = 0;
let wrong = 0;
for (const aspect of ASPECTS) {
  const those = all.filter(one => one.aspect === aspect);
  const told = those.filter(one => one.ours !== undefined && !isAlone(one));
  const differing = told.filter(one => !isAlike(one));
  const judged = (who: string | undefined) => differing.filter(one => right(one) === who);
  const mistakes = [...judged('theirs'), ...judged('description'), ...judged(undefined)].filter(isSure);
  const ofSure = told.filter(isSure).length;
  sure += ofSure;
  wrong += mistakes.length;
  process.stdout.write(
    row([
      aspect,
      told.length - differing.length,
      differing.length,
      judged('ours').length,
      judged('both').length,
      judged('theirs').length,
      judged('description').length,
      judged(undefined).length,
      those.filter(({ ours, theirs }) => ours === undefined && (theirs ?? '') !== '').length,
      those.filter(one => one.ours !== undefined && isAlone(one)).length,
      ofSure,
      mistakes.length,
    ]),
  );
}
process.stdout.write(
  `wrong among what is said or inferred: ${wrong} of ${sure}, ${((wrong / sure) * 100).toFixed(1)} %\n`,
);
process.exitCode = wrong / sure > MAX_WRONG ? 1 : 0;
