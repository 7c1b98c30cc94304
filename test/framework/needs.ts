import { appendFileSync } from 'node:fs';
import { realCheckouts } from './checkout.ts';
import { type PackageSet, pythonFor } from './python.ts';

const INSTALLATION_LIMIT = 20 * 60_000;

/** In a `describe`: skips its tests where there is no Python with these packages, and waits while they are installed. */
export function needsPython(packages: PackageSet = realCheckouts() ? 'mage' : 'test'): void {
  before(`Python (${packages})`, async function () {
    this.timeout(INSTALLATION_LIMIT);
    const python = await pythonFor(packages);
    if ('missing' in python) skipFor(this, python.missing);
  });
}

/** In a `describe`: skips its tests without Mage's real framework. */
export function needsRealMage(): void {
  before('checkouts of mage-ai and singer-python', function () {
    if (!realCheckouts()) skipFor(this, 'npm run test:mage -- --mage DIR --singer DIR runs this one');
  });
}

/** Skips a test, or from a hook all tests of its suite, and says why: at the end of all, by our reporter. */
export function skipFor(context: Mocha.Context, reason: string): never {
  const { TEST_NOTES: notes } = process.env;
  const runnable = context.runnable() as Mocha.Runnable & { readonly type: 'test' | 'hook' };
  const title = (runnable.type === 'test' ? runnable : runnable.parent)?.fullTitle();
  if (notes) appendFileSync(notes, `${JSON.stringify({ reason, title })}\n`);
  else console.log(`    skipped: ${reason}`);
  return context.skip();
}
