import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Problem, UserError } from '../../src/base/problems.ts';

/** What is asked for with each option, and a file by which a checkout is known. */
const CHECKOUTS = {
  mage: { what: 'a checkout of mage-ai', sign: 'mage_integrations/mage_integrations/sources/base.py' },
  singer: { what: "a checkout of Mage's fork of singer-python", sign: 'singer/schema.py' },
} as const;

/** The folders of the checkouts, absolute, and what is meant for mocha. */
export interface CheckoutArguments {
  readonly mage: string;
  readonly singer: string;
  readonly forMocha: readonly string[];
}

/** Reads `--mage DIR --singer DIR [-- …]`. Throws a UserError with all problems. */
export function readCheckouts(args: readonly string[]): CheckoutArguments {
  const end = args.indexOf('--');
  const [own, forMocha] = end < 0 ? [args, []] : [args.slice(0, end), args.slice(end + 1)];
  let values: { mage?: string; singer?: string };
  try {
    values = parseArgs({ args: [...own], options: { mage: { type: 'string' }, singer: { type: 'string' } } }).values;
  } catch (error) {
    throw new UserError({ message: (error as Error).message, hint: "options of mocha's own come after another --" });
  }
  const problems = (Object.keys(CHECKOUTS) as ('mage' | 'singer')[]).flatMap(name => checkFolder(name, values[name]));
  if (problems.length) throw new UserError(problems);
  return { mage: resolve(values.mage ?? ''), singer: resolve(values.singer ?? ''), forMocha };
}

function checkFolder(name: keyof typeof CHECKOUTS, folder: string | undefined): Problem[] {
  const { what, sign } = CHECKOUTS[name];
  const where = `--${name}`;
  if (!folder) return [{ where, message: 'the folder is missing', hint: `give ${what}: ${where} DIR` }];
  if (!existsSync(folder)) return [{ where, message: `${folder} does not exist`, hint: `give ${what}` }];
  if (!existsSync(join(folder, sign)))
    return [{ where, message: `${folder} is not ${what}`, hint: `it has no ${sign}` }];
  return [];
}
