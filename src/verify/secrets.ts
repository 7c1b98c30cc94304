import type { Finding } from './finding.ts';

/** Shorter values are words rather than secrets. */
const MIN_LENGTH = 8;
const SECRET_NAME =
  /token|secret|passw|passphrase|pwd|key$|private|credential|cookie|auth(?!or)|signature|connection_string|dsn/i;

/** A key of the configuration, with the forms in which its value may be said. */
export type Secret = readonly [key: string, forms: readonly string[]];

/**
 * Whether any text says a value of the configuration that looks like a secret, which is never told; `delivered` has the keys of
 * those that a record or a state says.
 */
export function secretFindings(
  config: Readonly<Record<string, unknown>>,
  said: readonly string[],
  delivered: ReadonlySet<string>,
): Finding[] {
  return secretsOf(config).flatMap(([key, forms]): Finding[] => {
    const isSaid = said.some(text => forms.some(form => text.includes(form)));
    const fault = (what: string, mend: string): Finding => ({ step: 'first run', is: 'fault', what, mend });
    return [
      ...(isSaid
        ? [fault(`a message has the value of ${key}`, 'Mage keeps logs: take it out of what is logged or raised')]
        : []),
      ...(delivered.has(key)
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

/** What looks like a secret by its name. */
export function isSecretName(key: string): boolean {
  return SECRET_NAME.test(key);
}

/** The keys of what looks like a secret, with the forms in which its value may be said. */
export function secretsOf(config: Readonly<Record<string, unknown>>): Secret[] {
  return Object.entries(config).flatMap(([key, value]): Secret[] => {
    if (typeof value !== 'string' || value.length < MIN_LENGTH || !isSecretName(key)) return [];
    return [[key, [value, encodeURIComponent(value), Buffer.from(value).toString('base64')]]];
  });
}
