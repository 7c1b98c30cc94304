#!/usr/bin/env node
import { readFileSync } from 'node:fs';
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
  const { createEnv } = await import('yeoman-environment');
  const env = createEnv({ cwd: process.cwd(), skipInstall: true, skipCache: true } as never);
  const file = join(DIST, 'generators', generator, 'index.js');
  const { default: Generator } = await import(file);
  const namespace = `mage-connector:${generator}`;
  env.register(Generator, { namespace, resolved: file } as never);
  await env.run([namespace, ...args], { ...options, skipInstall: true } as never);
}

/** Ctrl-C at a question: nothing has been written by then. */
function wasInterrupted(error: unknown): boolean {
  return (
    error instanceof Error && (error.name === 'ExitPromptError' || error.message.includes('force closed the prompt'))
  );
}

async function main(): Promise<number> {
  const command = parseArguments(process.argv.slice(2));
  if (command.version) {
    process.stdout.write(`${JSON.parse(readFileSync(join(dirname(DIST), 'package.json'), 'utf8')).version}\n`);
    return 0;
  }
  if (command.help) {
    process.stdout.write(commandHelp(command.generator, join(DIST, 'generators')));
    return 0;
  }
  await run(command.generator, command.args, command.options);
  return 0;
}

main().then(
  code => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const interrupted = wasInterrupted(error);
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(interrupted ? '\nStopped: nothing was written.\n' : `mage-connector: ${message}\n`);
    if (!interrupted && process.env.DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    process.exit(interrupted ? 130 : 1);
  },
);
