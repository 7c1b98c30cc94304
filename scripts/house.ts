/** Prints the lines of each room of src, and fails where one is too big or a file too long: `npm run house`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { groupBy, sumBy } from 'lodash-es';

const SOURCE = resolve(import.meta.dirname, '../src');
const MAX_LINES = 250;
/** The part of all lines that a room may hold. */
const MAX_SHARE = 0.2;

const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .map(path => path.replaceAll('\\', '/'))
  .filter(path => path.endsWith('.ts'))
  .map(path => ({ path, lines: readFileSync(join(SOURCE, path), 'utf8').split('\n').length - 1 }));
const total = sumBy(files, 'lines');

/** A folder of src; each kind of connectors, and each reader of descriptions, is a room of its own. */
function roomOf(path: string): string {
  const [room = '', kind = ''] = path.split('/');
  return ['kinds', 'from'].includes(room) && !kind.endsWith('.ts') ? `${room}/${kind}` : room;
}

const rooms = Object.entries(groupBy(files, ({ path }) => roomOf(path)))
  .map(([room, members]) => ({ room, files: members.length, lines: sumBy(members, 'lines') }))
  .sort((a, b) => b.lines - a.lines);
const faults = [
  ...files.filter(({ lines }) => lines > MAX_LINES).map(({ path, lines }) => `src/${path} has ${lines} lines`),
  ...rooms
    .filter(({ lines }) => lines > total * MAX_SHARE)
    .map(({ room, lines }) => `src/${room} holds ${lines} of ${total} lines`),
];

for (const { room, files: count, lines } of rooms)
  process.stdout.write(
    `${room.padEnd(14)}${String(count).padStart(4)} files ${String(lines).padStart(6)} lines ${((lines / total) * 100).toFixed(1).padStart(5)} %\n`,
  );
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exitCode = faults.length > 0 ? 1 : 0;
