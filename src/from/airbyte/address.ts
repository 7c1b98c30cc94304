import { list, own } from '../../schema/infer/untyped.ts';
import { access, type Context, configKey, translated } from './template.ts';

/** What an address begins with that is configured whole. */
const CONFIGURED = /^\s*\{\{\s*(config\b[^{}]*?)\s*\}\}/;
/** A slash at the end doesn't matter: what follows has one of its own. */
const WITHOUT_SLASH = /\.r?strip\(\s*(?:'\/'|"\/")?\s*\)$/;
/** One of two addresses, which the configuration decides. */
const CHOICE =
  /^\s*\{\{\s*(?:'([^']*)'|"([^"]*)")\s+if\s+(config\b[^=]*?)(?:\s*==\s*(?:'([^']*)'|"([^"]*)"))?\s+else\s+(?:'([^']*)'|"([^"]*)")\s*\}\}([\s\S]*)$/;

/**
 * An address in our grammar; undefined where it has an expression that isn't known. One that is configured whole is asked for
 * without https://, and where the configuration decides between two, the key has both as its values.
 */
export function addressOf(given: unknown, context: Context): string | undefined {
  if (typeof given !== 'string') return translated(given, context);
  const chosen = CHOICE.exec(given);
  if (chosen) return choiceOf(chosen, context);
  const found = CONFIGURED.exec(given);
  const name = found && access((found[1] ?? '').replace(WITHOUT_SLASH, ''));
  if (!found || !name) return translated(given, context)?.trim();
  const rest = translated(given.slice(found[0].length).trim(), context);
  const key = configKey(name.steps);
  if (rest === undefined || !context.key(key, { isAddress: true })) return undefined;
  return `https://{${key}}${rest === '' || rest.startsWith('/') ? rest : `/${rest}`}`;
}

function choiceOf(
  [, yes1, yes2, name = '', value1, value2, no1, no2, behind = '']: readonly (string | undefined)[],
  context: Context,
): string | undefined {
  const found = access(name);
  const rest = translated(behind.trim(), context);
  if (!found || rest === undefined) return undefined;
  const key = configKey(found.steps);
  const value = value1 ?? value2;
  const [yes, no] = [trimmed(yes1 ?? yes2), trimmed(no1 ?? no2)];
  const values =
    value === undefined
      ? { true: yes, false: no }
      : { [value]: yes, [otherThan(value, found.steps, name, context)]: no };
  return context.key(key, { values }) ? `{${key}}${rest}` : undefined;
}

function trimmed(address: string | undefined): string {
  return (address ?? '').trim().replace(/\/+$/, '');
}

/** What else may be configured: the other one of a list, or the default; only its name tells the rest. */
function otherThan(value: string, steps: readonly string[], name: string, { specified }: Context): string {
  const known = specified(steps.at(-1) as string);
  const [, usual] = /\.get\(\s*(?:'[^']*'|"[^"]*")\s*,\s*['"]([^'"]*)['"]\s*\)$/.exec(name.trim()) ?? [];
  const candidates = [...list(known && own(known, 'enum')), known && own(known, 'default'), usual];
  return candidates.find((each): each is string => typeof each === 'string' && each !== value) ?? 'other';
}
