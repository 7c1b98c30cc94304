import { spawnSync } from 'node:child_process';
import { UserError } from '../base/problems.ts';
import { frameworkIn } from './container.ts';
import { containerOfMage } from './docker.ts';
import { checkoutAround, type Framework, type FrameworkOptions, frameworkFor } from './framework.ts';

/** What a user says about it; without all of them it is looked for. */
export interface ChosenOptions extends FrameworkOptions {
  readonly container: string | undefined;
}

/**
 * How a connector is run, by what a user says. Where he says nothing, no checkout is around and Python has no Mage, it is the
 * running container that has, if there is one.
 */
export function chosenFramework(connector: string, options: ChosenOptions): Framework {
  const { container, python, mage, singer } = options;
  if (container !== undefined && (mage !== undefined || singer !== undefined))
    throw new UserError({
      where: '--container',
      message: 'doesn’t go with --mage and --singer: a container has its own',
    });
  if (container !== undefined) return frameworkIn(container, connector, python);
  const isSaid = [mage, singer, python].some(option => option !== undefined);
  const found = isSaid || checkoutAround(connector) || hasMage() ? undefined : containerOfMage();
  return found === undefined ? frameworkFor(connector, options) : frameworkIn(found, connector);
}

/** Whether the Python in use has Mage's framework. */
function hasMage(): boolean {
  const script = 'import importlib.util, sys; sys.exit(importlib.util.find_spec("mage_integrations") is None)';
  return spawnSync('python3', ['-c', script], { stdio: 'ignore' }).status === 0;
}
