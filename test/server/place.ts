import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../framework/process.ts';
import { type Generated, generate, temporaryFolder } from '../support/generate.ts';
import { type MageServer, startContainer, startMage } from './mage-server.ts';

/** Mage with a connector in it. */
export interface MageWithConnector {
  readonly mage: MageServer;
  readonly connector: Generated;
  /** What says to `verify` where Mage is. */
  readonly here: readonly string[];
  /** Stops Mage, takes the connector out again and sees that nothing is left of it. */
  close(): Promise<void>;
}

/** A way to have Mage without a checkout. */
export interface Place {
  readonly title: string;
  /** What it needs and isn't here. */
  missing(): Promise<string | undefined>;
  open(answers: object, port: number): Promise<MageWithConnector>;
}

const CLI = join(import.meta.dirname, '../../dist/bin/mage-connector.js');
const OFFICIAL = 'mageai/mageai:latest';
const IMAGE = 'mage-with-sources';
const NAMES =
  'from mage_ai.data_integrations.sources.constants import SOURCES; print([source["name"] for source in SOURCES])';

/** The Mage of an environment that pip installed it into. */
export function installed(python: string): Place {
  const bin = join(python, 'bin');
  return {
    title: 'as pip installs it',
    missing: async () => undefined,
    async open(answers, port) {
      const { PATH: path } = process.env;
      process.env.PATH = `${bin}:${path}`;
      const script = 'import sysconfig; print(sysconfig.get_path("purelib"))';
      const packages = (await run(join(bin, 'python'), ['-c', script])).stdout.trim();
      const list = join(packages, 'mage_ai/data_integrations/sources/constants.py');
      const before = readFileSync(list, 'utf8');
      const connector = await generate('api', { ...answers, layout: 'installed' }, { cwd: temporaryFolder() });
      const folder = temporaryFolder();
      const mage = await startMage({ python, project: join(folder, 'project'), data: join(folder, 'data'), port });
      return {
        mage,
        connector,
        here: ['--python', join(bin, 'python')],
        async close() {
          process.env.PATH = path;
          await mage.stop();
          await remove(connector);
          assert.equal(readFileSync(list, 'utf8'), before);
        },
      };
    },
  };
}

/** A project of open-source Mage, whose Dockerfile builds its sources into the official image. */
export const container: Place = {
  title: 'in a container',
  async missing() {
    const found = await run('docker', ['image', 'inspect', OFFICIAL]).catch(() => undefined);
    if (found === undefined) return 'there is no docker';
    return found.exitCode === 0 ? undefined : `docker pull ${OFFICIAL} gets Mage's image (${found.stderr.trim()})`;
  },
  async open(answers, port) {
    const project = temporaryFolder();
    for (const name of ['metadata.yaml', 'io_config.yaml']) writeFileSync(join(project, name), '');
    mkdirSync(join(project, 'data_loaders'));
    const connector = await generate('api', { ...answers, layout: 'image' }, { cwd: project });
    await build(project);
    const name = `mage-connector-test-${process.pid}`;
    const mage = await startContainer(IMAGE, name, port);
    return {
      mage,
      connector,
      here: ['--container', name],
      async close() {
        await mage.stop();
        await remove(connector);
        await build(project);
        const { stdout } = await run('docker', ['run', '--rm', IMAGE, 'python3', '-c', NAMES]);
        assert.ok(stdout.includes("'Stripe'") && !stdout.includes(connector.model.name), stdout);
        await run('docker', ['rmi', '--force', IMAGE]);
      },
    };
  },
};

/** Builds the image as the Dockerfile says. */
async function build(project: string): Promise<void> {
  const dockerfile = join('mage_sources', 'Dockerfile');
  const [, line = ''] = /^# {3}(docker build .*)$/m.exec(readFileSync(join(project, dockerfile), 'utf8')) ?? [];
  const [command = '', ...args] = line.split(' ');
  const built = await run(command, args, { cwd: project, timeLimit: 300_000 });
  assert.equal(built.exitCode, 0, built.stderr);
}

async function remove({ folder, root }: Generated): Promise<void> {
  const removed = await run(process.execPath, [CLI, '--remove', '--connector', folder], { cwd: root });
  assert.equal(removed.exitCode, 0, removed.stderr);
  assert.ok(!existsSync(folder));
}

/** Has `verify` try the connector in its Mage. */
export async function verify({ connector, here }: MageWithConnector, config: object): Promise<string> {
  const file = join(temporaryFolder(), 'config.json');
  writeFileSync(file, JSON.stringify(config));
  const args = [CLI, 'verify', '--connector', connector.folder, '--config', file, ...here];
  const { exitCode, stdout, stderr } = await run(process.execPath, args, { cwd: connector.root, timeLimit: 300_000 });
  assert.equal(exitCode, 0, stdout + stderr);
  return stdout;
}
