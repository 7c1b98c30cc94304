import { UserError } from '../base/problems.ts';

/** Values shorter than this are words of the language rather than secrets. */
const MIN_SECRET = 4;

/** What went wrong in a sample that a connector was to give. */
export function failureOf(stderr: string, code: number | null, config: string): UserError {
  const message = code === null ? 'took longer than five minutes' : failureText(stderr, code, config);
  const missing = /No module named '?(mage_integrations|singer)\b/.test(message);
  const hint = missing
    ? "have Mage's framework in PYTHONPATH: <mage-ai>/mage_integrations and <singer-python>, or use the Python that Mage runs on"
    : undefined;
  return new UserError({ where: '--run', message: `the connector's sample failed: ${message}`, hint });
}

/** What went wrong in a connector, in the words that Mage would show, without the values of its configuration. */
export function failureText(stderr: string, code: number | null, config: string): string {
  return masked(loggedError(stderr) ?? lastLine(stderr) ?? `ended with code ${code}`, config);
}

/** Mage shows what its logger says of the last error: `tags.error` of a JSON line behind the word ERROR. */
function loggedError(stderr: string): string | undefined {
  const line = stderr.split('\n').findLast(text => text.startsWith('ERROR'));
  try {
    return JSON.parse(line?.slice(line.indexOf('{')) ?? '').tags?.error;
  } catch {
    return undefined;
  }
}

function lastLine(stderr: string): string | undefined {
  return stderr.trim().split('\n').at(-1)?.trim() || undefined;
}

function masked(message: string, config: string): string {
  return valuesIn(config)
    .sort((a, b) => b.length - a.length)
    .reduce((text, value) => text.replaceAll(value, '********'), message);
}

function valuesIn(config: string): string[] {
  try {
    const texts: string[] = [];
    JSON.parse(config, (_, value) => {
      if (typeof value === 'string' && value.length >= MIN_SECRET) texts.push(value);
      return value;
    });
    return texts;
  } catch {
    return [];
  }
}
