/** Writes the three example connectors and runs each: `npm run demo`, or `npm run demo -- FOLDER` for another place. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { UserError } from '../src/base/problems.ts';
import { type Checkout, workspaceCheckout } from '../test/framework/checkout.ts';
import { type Python, pythonFor } from '../test/framework/python.ts';
import { play, type Result } from './demo/play.ts';
import { openScenes, type Scene } from './demo/scenes.ts';
import { say, style, tableLines } from './demo/terminal.ts';

const ROOT = resolve(import.meta.dirname, '..');
const EXAMPLES = join(ROOT, 'examples');
const COMMAND = join(ROOT, 'dist/bin/mage-connector.js');
const OWN_FOLDER = join(ROOT, 'demo-output');

/** An empty folder: our own is made anew each time, and one that was named must not hold anything. */
function prepareFolder(named: string | undefined): string {
  const folder = named === undefined ? OWN_FOLDER : resolve(named);
  if (folder === OWN_FOLDER) rmSync(folder, { recursive: true, force: true });
  else if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new UserError({ where: folder, message: 'is not empty', hint: 'name a new folder, or none' });
  mkdirSync(folder, { recursive: true });
  // Git ignores whatever the demo leaves.
  writeFileSync(join(folder, '.gitignore'), '*\n');
  return folder;
}

async function requirePython(checkout: Checkout): Promise<Python> {
  const python = await pythonFor(checkout.packages);
  if (!('missing' in python)) return python;
  throw new UserError({
    message: `the connectors are Python, and can't be run: ${python.missing}`,
    hint: 'install Python 3.10 or later with pip (https://www.python.org/downloads/), and run npm run demo again',
  });
}

async function playAll(folder: string, checkout: Checkout, python: Python): Promise<Result[]> {
  say('', style('bold', 'Three connectors, written and run: a REST API, a database, and files'));
  say(
    `They run under ${checkout.real ? "Mage's own framework" : "this project's test double of Mage's framework"}.`,
    'Commands are shown without --config_json and PYTHONPATH.',
  );
  const scenes = await openScenes(python, join(folder, 'data'), EXAMPLES);
  try {
    const results: Result[] = [];
    for (const [index, scene] of scenes.entries()) {
      say('', style('bold', `${index + 1}. ${scene.title}`));
      results.push(await playScene(scene, folder, checkout));
    }
    return results;
  } finally {
    for (const scene of scenes) await scene.close?.();
  }
}

async function playScene(scene: Scene, folder: string, checkout: Checkout): Promise<Result> {
  try {
    return await play(scene, { checkout, folder, command: COMMAND, examples: EXAMPLES });
  } catch (error) {
    throw new UserError({ where: scene.answers, message: (error as Error).message }, { cause: error });
  }
}

function summary(results: readonly Result[], folder: string): string[] {
  const rows = results.map(({ connector, kind, streams, fresh }) => [
    connector,
    kind,
    streams.map(({ name, records }) => `${name} ${records}`).join(', '),
    streams.reduce((sum, { records }) => sum + records, 0),
    fresh,
  ]);
  const place = relative(process.cwd(), folder) || '.';
  return [
    '',
    ...tableLines(['connector', 'kind', 'streams', 'records', 'new in the second run'], rows),
    '',
    `The connectors are in ${place}/sources, each with a README. One of your own: node ${relative(process.cwd(), COMMAND)}`,
    '',
  ];
}

const workspace = mkdtempSync(join(tmpdir(), 'mage-connector-demo-'));
try {
  const made = workspaceCheckout(join(workspace, 'mage-ai'));
  // The tests' packages are more than the three connectors import.
  const checkout: Checkout = made.real ? made : { ...made, packages: 'demo' };
  const python = await requirePython(checkout);
  const folder = prepareFolder(process.argv[2]);
  const results = await playAll(folder, checkout, python);
  say(...summary(results, folder));
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(style('red', `The demo stopped: ${error.message}`));
  process.exitCode = 1;
} finally {
  rmSync(workspace, { recursive: true, force: true });
}
