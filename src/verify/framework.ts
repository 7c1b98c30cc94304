import { existsSync } from 'node:fs';
import { basename, delimiter, dirname, join, resolve } from 'node:path';
import { assetPath } from '../base/assets.ts';
import { ancestors } from '../base/folders.ts';
import { UserError } from '../base/problems.ts';
import { layoutOf } from '../mage/registry.ts';
import type { Files } from './files.ts';

/** Where Mage's framework is taken from, and how a connector is started with it. */
export interface Framework {
  readonly command: string;
  /** What goes before Mage's own arguments. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** In words, for the report. */
  readonly from: string;
  /** Where it reads files in another place than this machine. */
  readonly files?: Files;
}

/** What a user says about it. */
export interface FrameworkOptions {
  readonly mage: string | undefined;
  readonly singer: string | undefined;
  readonly python: string | undefined;
  readonly cwd: string;
}

/** The part of a checkout of mage-ai that has the framework. */
const PACKAGE = 'mage_integrations/mage_integrations/sources/base.py';

/**
 * How a connector's folder is run: by a checkout that is named or that it stands in, else by what its Python has installed.
 * A connector that stands in no package of sources is made one of Mage's own. Throws a UserError for a folder that is no checkout.
 */
export function frameworkFor(
  connector: string,
  { mage, singer, python = 'python3', cwd }: FrameworkOptions,
): Framework {
  const root =
    mage === undefined ? checkoutAround(connector) : namedCheckout('--mage', resolve(cwd, mage), 'mage-ai', PACKAGE);
  const paths = [
    ...(singer === undefined
      ? []
      : [namedCheckout('--singer', resolve(cwd, singer), 'singer-python', 'singer/__init__.py')]),
    ...(root === undefined ? [] : [join(root, 'mage_integrations')]),
    ...(isProject(connector) ? [resolve(connector, '../../..')] : []),
    ...(process.env.PYTHONPATH ? [process.env.PYTHONPATH] : []),
  ];
  const inPlace = isProject(connector) || (root !== undefined && connector.startsWith(join(root, 'mage_integrations')));
  return {
    command: python,
    args: [assetPath('verify/launch.py'), ...(inPlace ? ['--in-place'] : []), connector],
    env: { ...process.env, PYTHONPATH: paths.join(delimiter), PYTHONDONTWRITEBYTECODE: '1' },
    from: root === undefined ? `what ${python} has installed` : root,
  };
}

/** The checkout of mage-ai that a connector stands in, if it stands in one. */
export function checkoutAround(connector: string): string | undefined {
  return ancestors(connector).find(folder => layoutOf('core').at(folder) && existsSync(join(folder, PACKAGE)));
}

/** The checkout that an option names, which is known by a file. */
function namedCheckout(option: string, folder: string, repository: string, sign: string): string {
  if (existsSync(join(folder, sign))) return folder;
  throw new UserError({
    where: option,
    message: `${folder} is no checkout of ${repository}: there is no ${sign}`,
    hint: `get one by git clone https://github.com/mage-ai/${repository}`,
  });
}

/** A custom source of a Mage project imports `data_integrations.sources.<uuid>`. */
export function isProject(connector: string): boolean {
  const sources = dirname(connector);
  return basename(sources) === 'sources' && basename(dirname(sources)) === 'data_integrations';
}

/** What to do about a module that Python doesn't find. */
export function missingModule(name: string, { command, from, files }: Framework): string {
  if (name === 'mage_integrations')
    return 'Mage’s framework is not there: give a checkout with --mage DIR (git clone https://github.com/mage-ai/mage-ai), with --python the Python that Mage runs on, or with --container the running container that it is in';
  if (name === 'singer')
    return 'give a checkout with --singer DIR (git clone https://github.com/mage-ai/singer-python), or with --python the Python that Mage runs on';
  if (files) return `${from} lacks the module ${name}: add its package to what the image installs`;
  return `${command} (${from}) lacks the module ${name}: install its package there, or give with --python the Python that Mage runs on`;
}
