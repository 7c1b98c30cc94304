import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { workspaceCheckout } from '../framework/checkout.ts';
import { type Finished, run } from '../framework/process.ts';
import { pythonFor } from '../framework/python.ts';
import { temporaryFolder } from '../support/generate.ts';

/** Mage's two packages beside each other, as pip puts them. */
export interface Site {
  readonly folder: string;
  /** The text of the list of sources. */
  list(): string;
  /** Runs Python with these packages. */
  python(...args: readonly string[]): Promise<Finished>;
}

/** A folder of Python packages with the framework that the tests run under, which may be written into. */
export function installedMage(): Site {
  const { root, singer, packages } = workspaceCheckout(join(temporaryFolder(), 'mage-ai'));
  const folder = join(temporaryFolder(), 'site-packages');
  mkdirSync(folder);
  symlinkSync(join(root, 'mage_integrations/mage_integrations'), join(folder, 'mage_integrations'));
  symlinkSync(join(root, 'mage_ai'), join(folder, 'mage_ai'));
  return {
    folder,
    list: () => readFileSync(join(folder, 'mage_ai/data_integrations/sources/constants.py'), 'utf8'),
    async python(...args) {
      const found = await pythonFor(packages);
      if ('missing' in found) throw new Error(found.missing);
      const path = [found.env.PYTHONPATH, folder, singer].filter(Boolean).join(delimiter);
      const env = { ...found.env, PYTHONPATH: path };
      return run(found.command, args, { env, timeLimit: 60_000 });
    },
  };
}
