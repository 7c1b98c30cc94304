#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { parseArguments } from './arguments.ts';
import { commandHelp } from './help.ts';

const DIST = resolve(import.meta.dirname, '..');

/** Runs a generator on an environment of our own; the libraries load here, so that --help and errors are immediate. */
async function run(
  generator: string,
  args: readonly string[],
  options: Readonly<Record<string, unknown>>,
): Promise<void> {
  // What is compiled once is kept for the next run, where Node can do that: from 22.1 on.
  (nodeModule as { enableCompileCache?: () => unknown }).enableCompileCache?.();
  const { createEnv } = await import('yeoman-environment');
  const env = createEnv({ cwd: currentFolder(), skipInstall: true, skipCache: true } as never);
  const file = join(DIST, 'generators', generator, 'index.js');
  const { default: Generator } = await import(file);
  const namespace = `mage-connector:${generator}`;
  env.register(Generator, { namespace, resolved: file } as never);
  await env.run([namespace, ...args], { ...options, skipInstall: true } as never);
}

/** Where it was started, which may be gone by then. */
function currentFolder(): string {
  try {
    return process.cwd();
  } catch (error) {
    throw new Error('the current folder is no longer there: go to one that is', { cause: error });
  }
}

async function main(): Promise<number> {
  const { command, args, options, help, version } = parseArguments(process.argv.slice(2));
  if (version) {
    process.stdout.write(`${JSON.parse(readFileSync(join(dirname(DIST), 'package.json'), 'utf8')).version}\n`);
    return 0;
  }
  if (help) {
    process.stdout.write(commandHelp(command, join(DIST, 'generators')));
    return 0;
  }
  await run(command.name, args, options);
  return Number(process.exitCode ?? 0);
}

main().then(
  code => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const { message, stack, name } = error instanceof Error ? error : new Error(String(error));
    // The module of Stopped isn't loaded before it is thrown.
    const stopped = name === 'Stopped';
    process.stderr.write(stopped ? `\n${message}\n` : `mage-connector: ${message}\n`);
    if (process.env.DEBUG) process.stderr.write(`${stack}\n`);
    process.exit(stopped ? 130 : 1);
  },
);
