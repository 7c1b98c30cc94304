import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../support/generate.ts';
import { needsPython } from './needs.ts';
import { run } from './process.ts';
import { type InstalledPython, pythonFor, withPythonPath } from './python.ts';
import { type PythonOptions, runPython } from './run-python.ts';

/** Tells what a program can see of the process that it is. */
const SEEN = `
import atexit, json, os, sys, threading
import requests
atexit.register(print, 'the end')
thread = threading.Timer(0.1, print, ['a thread'])
thread.start()
shown = {name: getattr(sys.modules['__main__'], name, 'none') for name in ('__name__', '__file__', '__package__', '__doc__')}
print(json.dumps([sys.argv, sys.path, sys.stdin.read(), os.getcwd(), os.environ.get('TOLD'), sys.flags.dont_write_bytecode]))
print(json.dumps(shown), sys.stdout.encoding, sys.stdout.line_buffering, sys.stdin.isatty(), requests.__name__)
print('an error', file=sys.stderr)
`;

const PROGRAMS: Readonly<Record<string, string>> = {
  'one that looks around': SEEN,
  'one that fails':
    'import requests\ndef f():\n    raise ValueError("no")\ntry:\n    f()\nexcept ValueError as error:\n    raise OSError("x") from error',
  'one that fails while it imports': 'import requests\nimport there_is_no_such_module',
  'one with an error in its syntax': 'import requests\nx = = 1',
  'one that exits with a code': 'import requests, sys\nprint("x", end="")\nsys.exit(3)',
  'one that exits with a text': 'import requests, sys\nsys.exit("a reason")',
  'one that ends itself': 'import os, requests, signal\nos.kill(os.getpid(), signal.SIGTERM)',
  'one that is told at its end what is left':
    'import requests\nclass Left:\n    def __del__(self):\n        print("left")\nleft = Left()',
};

describe('a Python program, run in a fork', function () {
  this.timeout(60_000);
  needsPython('test');
  let python: InstalledPython;
  let folder: string;
  before(async () => {
    python = (await pythonFor('test')) as InstalledPython;
    folder = temporaryFolder();
    mkdirSync(join(folder, 'package'));
    writeFileSync(join(folder, 'package/__init__.py'), '');
  });

  /** Runs a program in a fork and in a process of its own, asserts that nobody can tell them apart, and returns what it did. */
  async function alike(args: readonly string[], options: PythonOptions = {}) {
    const given = { cwd: folder, ...options, env: { ...python.env, TOLD: 'so', ...options.env } };
    const forked = await runPython(python, args, given);
    assert.deepEqual(forked, await run(python.command, args, given));
    return forked;
  }

  for (const [name, text] of Object.entries(PROGRAMS)) {
    it(`as a script is like ${name}`, async () => {
      const script = join(folder, 'program.py');
      writeFileSync(script, text);
      await alike([script, '--some', 'argument'], { input: 'given\n' });
    });

    it(`as code is like ${name}`, async () => {
      await alike(['-c', text, '--some', 'argument'], { input: 'given\n' });
    });
  }

  it('as a module is like any other', async () => {
    writeFileSync(join(folder, 'package/__main__.py'), SEEN);
    const env = withPythonPath(python.env, [folder]);
    await alike(['-m', 'package', 'x'], { env, imports: ['requests'], input: '' });
  });

  it('has modules of the path first, and a sitecustomize of it', async () => {
    const path = temporaryFolder();
    writeFileSync(join(path, 'requests.py'), 'mine = True');
    const script = join(folder, 'first.py');
    writeFileSync(script, 'import builtins, requests\nprint(requests.mine, getattr(builtins, "customized", False))');
    const env = withPythonPath(python.env, [path]);
    assert.equal((await alike([script], { env })).stdout, 'True False\n');
    writeFileSync(join(path, 'sitecustomize.py'), 'import builtins\nbuiltins.customized = True');
    assert.equal((await alike([script], { env })).stdout, 'True True\n');
  });

  it('has the modules beside it first, and what changes from run to run', async () => {
    const own = temporaryFolder();
    const script = join(own, 'program.py');
    writeFileSync(script, 'import requests\nimport helper\nprint(helper.NUMBER)');
    for (const number of [1, 2]) {
      writeFileSync(join(own, 'helper.py'), `NUMBER = ${number}`);
      assert.equal((await alike([script])).stdout, `${number}\n`);
    }
    writeFileSync(join(own, 'queue.py'), 'raise OSError("in the way")');
    assert.match((await alike([script])).stderr, /in the way/);
  });

  it('leaves nothing to the next one', async () => {
    const change =
      'import os, requests, sys\nrequests.left = 1\nos.environ["LEFT"] = "1"\nos.chdir("/")\nsys.path.append("/x")';
    await alike(['-c', change]);
    const look =
      'import os, requests, sys\nprint(hasattr(requests, "left"), "LEFT" in os.environ, os.getcwd(), sys.path)';
    await alike(['-c', look]);
  });

  it('runs beside others', async () => {
    const codes = await Promise.all(
      Array.from({ length: 8 }, (_, code) => runPython(python, ['-c', `import requests, sys\nsys.exit(${code})`])),
    );
    assert.deepEqual(
      codes.map(({ exitCode }) => exitCode),
      [0, 1, 2, 3, 4, 5, 6, 7],
    );
  });

  it('is ended after its time', async () => {
    const endless = await runPython(python, ['-c', 'import time\ntime.sleep(1000)'], { timeLimit: 300 });
    assert.deepEqual(endless, { exitCode: null, stdout: '', stderr: '', timedOut: true });
  });

  it('fails the test where the process that it is a fork of dies', async function () {
    if (process.platform !== 'linux' || process.env.PLAIN_PYTHON) this.skip();
    const killer = ['-c', 'import os, signal, time\nos.kill(os.getppid(), signal.SIGKILL)\ntime.sleep(0.5)'];
    await assert.rejects(runPython(python, killer), /has died/);
    assert.equal((await runPython(python, ['-c', 'print(1)'])).stdout, '1\n');
  });
});
