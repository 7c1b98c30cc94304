import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readAsset } from '../base/assets.ts';
import { UserError } from '../base/problems.ts';
import { docker, dockerProblem } from './docker.ts';
import type { Files } from './files.ts';
import { type Framework, isProject } from './framework.ts';

/** What Docker takes as the name or the id of a container. */
const NAME = /^[a-zA-Z0-9][\w.-]*$/;
/** What isn't a part of a connector that runs. */
const LEFT_OUT = new Set(['__pycache__', '.git', '.yo-rc.json']);
/** What sees its requests there. */
const OBSERVER = ['__init__', 'bodies', 'output', 'requests_seen', 'stream_seen'].map(name => `_observer/${name}.py`);

/**
 * How a connector's folder is run in a container that Mage runs in: copied to a temporary folder there, with a script that
 * ends it. What a connector is given goes through standard input, so that secrets are in no list of processes.
 * Throws a UserError where docker, the container or Mage in it isn't there.
 */
export function frameworkIn(container: string, connector: string, python = 'python3'): Framework {
  if (!NAME.test(container))
    throw new UserError({ where: '--container', message: `${container} is no name of a container` });
  const inside = isProject(connector) ? join('data_integrations/sources', basename(connector)) : basename(connector);
  const script = readAsset('verify/container.py');
  const given = ['container.py', 'launch.py', ...OBSERVER].map(path => [path, encoded(readAsset(`verify/${path}`))]);
  const files = [...given, ...filesOf(connector, inside)];
  const opened = ask(container, [python, '-B', '-c', script, 'open'], JSON.stringify(Object.fromEntries(files)));
  const { folder } = opened as { readonly folder?: string };
  if (folder === undefined)
    throw new UserError({
      where: '--container',
      message: `${python} of the container ${container} has no Mage: there is no module mage_integrations`,
      hint: 'name the container that Mage runs in, or with --python the Python that it runs on',
    });
  const own = [python, '-B', `${folder}/container.py`];
  const start = [`${folder}/launch.py`, ...(isProject(connector) ? ['--in-place'] : []), `${folder}/${inside}`];
  return {
    command: 'docker',
    args: ['exec', container, ...own, 'run', folder, ...start],
    env: process.env,
    from: `${python} of the container ${container}`,
    files: filesIn(container, own, folder),
  };
}

function filesIn(container: string, own: readonly string[], folder: string): Files {
  return {
    keep: (name, text) => {
      const done = docker(['exec', '-i', container, ...own, 'keep', folder, name], text);
      if (done.code !== 0) throw new UserError(dockerProblem(container, done));
      return `${folder}/${name}`;
    },
    stop: () => void docker(['exec', container, ...own, 'stop', folder]),
    end: () => void docker(['exec', container, ...own, 'end', folder]),
  };
}

/** The JSON that a command in the container prints. */
function ask(container: string, command: readonly string[], input: string): unknown {
  const done = docker(['exec', '-i', container, ...command], input);
  if (done.code === 0) return JSON.parse(done.stdout);
  throw new UserError(dockerProblem(container, done));
}

/** The files of a folder, as base64 by their paths in the container. */
function filesOf(folder: string, to: string): [string, string][] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !LEFT_OUT.has(name))
    .flatMap((entry): [string, string][] =>
      entry.isDirectory()
        ? filesOf(join(folder, entry.name), `${to}/${entry.name}`)
        : [[`${to}/${entry.name}`, encoded(readFileSync(join(folder, entry.name)))]],
    );
}

function encoded(content: string | Buffer): string {
  return Buffer.from(content).toString('base64');
}
