import { delimiter } from 'node:path';
import { ForkServer, type Preparation } from './fork-server.ts';
import { importsOf, topLevelNames } from './imports.ts';
import { type Finished, type RunOptions, run } from './process.ts';
import type { InstalledPython } from './python.ts';

export interface PythonOptions extends RunOptions {
  /** The environment, made of that of the Python. */
  readonly env?: NodeJS.ProcessEnv;
  /** Modules that the program imports, where that isn't seen in its text; as a rule those of a script's folder. */
  readonly imports?: readonly string[];
  /** Tells the modules that nothing changes between two programs with the same path. None by default. */
  readonly isFixed?: (module: string) => boolean;
}

/** The names of variables that Python reads as it begins, or libraries as they are loaded. */
const READ_AT_START = /^(PYTHON(?!PATH$)|LC_|LANG|TZ$|LD_|DYLD_|OMP_|OPENBLAS_)/;
/** Packages that a fork of the process that has imported them can't use: they have started threads. */
const THREADED = new Set(['chdb']);
const servers = new Map<string, ForkServer>();

/**
 * Runs a Python program: `SCRIPT ARGUMENTS`, `-c CODE …` or `-m MODULE …`, as a process of its own as far as the program can
 * see. It is a fork of one that has imported the packages already, where there are forks; PLAIN_PYTHON=1 does without.
 */
export async function runPython(
  python: InstalledPython,
  args: readonly string[],
  options: PythonOptions = {},
): Promise<Finished> {
  const { env = python.env, imports = importsOf(args), isFixed = () => false } = options;
  const plain = () => run(python.command, args, { ...options, env });
  if (process.platform !== 'linux' || process.env.PLAIN_PYTHON || hasOwnOption(args)) return plain();
  const server = serverOf(python, env);
  return (await server.run(args, stagesOf(python, env, imports, isFixed), { ...options, env })) ?? plain();
}

/** Python's own options, such as -W, are read as it begins. */
function hasOwnOption([first = '']: readonly string[]): boolean {
  return first.startsWith('-') && first !== '-c' && first !== '-m';
}

/** First the installed packages, unless a folder of the path has others in their place; then, with the path, what is fixed. */
function stagesOf(
  python: InstalledPython,
  env: NodeJS.ProcessEnv,
  imports: readonly string[],
  isFixed: (module: string) => boolean,
): Preparation[] {
  const [own, path] = [pathOf(python.env), pathOf(env)];
  const folders = path.slice(0, path.length - own.length);
  const [installed, other] = [topLevelNames(python.packages), folders.map(topLevelNames)];
  const isInstalled = (module: string) => {
    const [name = ''] = module.split('.');
    return installed.has(name) && !THREADED.has(name) && !other.some(names => names.has(name));
  };
  return [
    { path: [], imports: imports.filter(isInstalled) },
    { path: folders, imports: imports.filter(module => !isInstalled(module) && isFixed(module)) },
  ];
}

function pathOf(env: NodeJS.ProcessEnv): string[] {
  return (env.PYTHONPATH ?? '').split(delimiter).filter(Boolean);
}

/** Each way in which Python may begin has a server of its own. */
function serverOf({ command, packages, env: own }: InstalledPython, env: NodeJS.ProcessEnv): ForkServer {
  const begun = Object.entries(env).filter(([name]) => READ_AT_START.test(name));
  const key = JSON.stringify([packages, begun.sort()]);
  const found = servers.get(key);
  if (found && !found.ended) return found;
  const others = Object.entries(own).filter(([name]) => !READ_AT_START.test(name));
  const server = new ForkServer(command, Object.fromEntries([...others, ...begun]));
  servers.set(key, server);
  return server;
}
