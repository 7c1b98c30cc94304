import type { Finding } from './finding.ts';

/** Shorter values are words rather than secrets. */
const MIN_LENGTH = 8;
const SECRET_NAME =
  /token|secret|passw|passphrase|pwd|key$|private|credential|cookie|auth(?!or)|signature|connection_string|dsn/i;

/** Whether any text says a value of the configuration that looks like a secret; the value itself is never told. */
export function secretFindings(
  config: Readonly<Record<string, unknown>>,
  said: readonly string[],
  delivered: readonly string[],
): Finding[] {
  return secretsOf(config).flatMap(([key, forms]): Finding[] => {
    const isIn = (texts: readonly string[]) => texts.some(text => forms.some(form => text.includes(form)));
    const fault = (what: string, mend: string): Finding => ({ step: 'first run', is: 'fault', what, mend });
    return [
      ...(isIn(said)
        ? [fault(`a message has the value of ${key}`, 'Mage keeps logs: take it out of what is logged or raised')]
        : []),
      ...(isIn(delivered)
        ? [fault(`a record or a state has the value of ${key}`, 'destinations keep it: take it out on its way')]
        : []),
    ];
  });
}

/** A text without the values of the configuration that look like secrets. */
export function withoutSecrets(text: string, config: Readonly<Record<string, unknown>>): string {
  const forms = secretsOf(config).flatMap(([, all]) => all);
  return forms.reduce((hidden, form) => hidden.replaceAll(form, '********'), text);
}

/** The keys of what looks like a secret, with the forms in which its value may be said. */
function secretsOf(config: Readonly<Record<string, unknown>>): [key: string, forms: string[]][] {
  return Object.entries(config).flatMap(([key, value]): [string, string[]][] => {
    if (typeof value !== 'string' || value.length < MIN_LENGTH || !SECRET_NAME.test(key)) return [];
    return [[key, [value, encodeURIComponent(value), Buffer.from(value).toString('base64')]]];
  });
}
