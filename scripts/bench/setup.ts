import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Subject } from './measure.ts';
import { copyPackage } from './packages.ts';

const TRIVIAL = `
import Generator from 'yeoman-generator';

export default class extends Generator {
  writing() {
    this.fs.write(this.destinationPath('file.txt'), 'text\\n');
  }
}
`;

/** A folder in which the generators are installed as packages. */
export interface Bench {
  readonly folder: string;
  readonly yo: string;
  readonly command: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Installs a trivial generator and the built one below a temporary folder, where `yo` finds both.
 * Run by root, `yo` becomes another user, who must be able to write there and to a HOME.
 */
export function setUp(root: string): Bench {
  const folder = mkdtempSync(join(tmpdir(), 'mage-connector-bench-'));
  const home = writableFolder(join(folder, 'home'));
  chmodSync(folder, 0o777);
  const packages = join(folder, 'node_modules');
  const trivial = join(packages, 'generator-trivial');
  mkdirSync(join(trivial, 'generators/app'), { recursive: true });
  writeFileSync(
    join(trivial, 'package.json'),
    JSON.stringify({ name: 'generator-trivial', version: '1.0.0', type: 'module' }),
  );
  writeFileSync(join(trivial, 'generators/app/index.js'), TRIVIAL);
  const ours = join(packages, 'generator-mage-connector');
  for (const part of ['dist', 'package.json']) cpSync(join(root, part), join(ours, part), { recursive: true });
  // As npm install -g does it, neither shares modules with yo.
  copyPackage('yeoman-generator', join(root, 'node_modules'), join(trivial, 'node_modules'));
  copyPackage('@astral-sh/ruff-wasm-nodejs', join(root, 'node_modules'), join(ours, 'node_modules'));
  return {
    folder,
    yo: join(root, 'node_modules/yo/lib/cli.js'),
    command: join(ours, 'dist/bin/mage-connector.js'),
    // Without a look for updates, and without Node's options of this process.
    env: { ...process.env, HOME: home, XDG_CONFIG_HOME: home, NO_UPDATE_NOTIFIER: '1', NODE_OPTIONS: '' },
  };
}

/** A subject that starts in an empty folder each time. */
export function fresh({ folder, env }: Bench, name: string, args: readonly string[]): Subject {
  const runs = writableFolder(join(folder, name.replaceAll(/\W+/g, '-')));
  return { name, args, env, prepare: () => writableFolder(mkdtempSync(join(runs, 'run-'))) };
}

/** The second run of a subject: nothing is left to do, and --bail would fail on any difference. */
export function written({ name, args, env, prepare }: Subject): Subject {
  let folder: string | undefined;
  const again = [...args, '--bail'];
  const prepareOnce = () => {
    if (folder === undefined) {
      folder = prepare();
      execFileSync(process.execPath, args, { cwd: folder, env, stdio: 'ignore' });
    }
    return folder;
  };
  return { name: `${name} again`, args: again, env, prepare: prepareOnce };
}

function writableFolder(folder: string): string {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o777);
  return folder;
}
