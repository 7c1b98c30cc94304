import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { isMapping } from '../../base/mapping.ts';
import { UserError } from '../../base/problems.ts';
import type { Values } from './texts.ts';

/** What names of environment variables begin with that hold the values of configuration keys: MAGE_CONNECTOR_ACCESS_TOKEN. */
const PREFIX = 'MAGE_CONNECTOR_';

/** The values of a configuration file and of the environment, by their keys. They are for requests alone. Throws a UserError. */
export function configuredValues(config: string | undefined, cwd: string, env: NodeJS.ProcessEnv): Values {
  const fromEnv = Object.entries(env).flatMap(([name, value]) =>
    name.startsWith(PREFIX) && value ? [[name.slice(PREFIX.length).toLowerCase(), value] as const] : [],
  );
  return { ...Object.fromEntries(fromEnv), ...(config === undefined ? {} : fileValues(config, cwd)) };
}

function fileValues(file: string, cwd: string): Values {
  const value = parsed(file, cwd);
  if (!isMapping(value))
    throw new UserError({ where: '--config', message: `${file} is no mapping of configuration keys to values` });
  const scalars = Object.entries(value).filter(([, item]) => ['string', 'number', 'boolean'].includes(typeof item));
  return Object.fromEntries(scalars.map(([key, item]) => [key, String(item)]));
}

/** The parser's own message may quote the text, which has secrets. */
function parsed(file: string, cwd: string): unknown {
  let text: string;
  try {
    text = readFileSync(resolve(cwd, file), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError({ where: '--config', message: `${file} can't be read: ${code}` });
  }
  try {
    return parse(text, { prettyErrors: false });
  } catch {
    throw new UserError({ where: '--config', message: `${file} is neither JSON nor YAML` });
  }
}
