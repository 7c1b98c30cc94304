import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../src/base/problems.ts';
import { isSource } from '../../src/python/analysis/source.ts';
import { type Checkout, workspaceCheckout } from '../framework/checkout.ts';
import { needsPython, needsRealMage } from '../framework/needs.ts';
import { temporaryFolder } from '../support/generate.ts';
import { type PackagedPython, packagedPython, verifyUnder } from './verified.ts';

/** Words of Python's or ours that say nothing to whoever reads them. */
const NOT_CLEAR = /Traceback|^\s+File "|^\s+at .*\.[jt]s:\d|please report|undefined|\[object/m;
const AT_ONCE = 2;

describe('verify of Mage’s own sources, without a configuration', function () {
  this.timeout(900_000);
  needsRealMage();
  needsPython();

  it('names what Python lacks, or what to configure, of each', async () => {
    const checkout = workspaceCheckout(join(temporaryFolder(), 'mage'));
    const python = await packagedPython(checkout);
    const left = ownSources(checkout);
    assert.ok(left.length > 40, String(left.length));
    const said: [string, string][] = [];
    const work = async () => {
      for (let name = left.pop(); name !== undefined; name = left.pop())
        said.push([name, await wordsOn(checkout, python, name)]);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    assert.deepEqual(
      said.filter(([, text]) => NOT_CLEAR.test(text)),
      [],
    );
  });
});

function ownSources({ sources }: Checkout): string[] {
  const isOne = (name: string) => {
    const main = join(sources, name, '__init__.py');
    return existsSync(main) && isSource(readFileSync(main, 'utf8'));
  };
  return readdirSync(sources).filter(isOne);
}

/** What verify says of a source: it has to say something is wrong, since no source does anything without configuration. */
async function wordsOn(checkout: Checkout, python: PackagedPython, name: string): Promise<string> {
  try {
    const [{ findings }, text] = await verifyUnder(checkout, python, join(checkout.sources, name));
    assert.ok(
      findings.some(({ is }) => is === 'fault'),
      `${name} is said to work:\n${text}`,
    );
    return text;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    assert.match(error.message, /Python has no module [\w.]+/);
    return error.message;
  }
}
