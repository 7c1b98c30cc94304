import type { Finding } from './finding.ts';

/** Shorter values are words rather than secrets. */
const MIN_LENGTH = 8;
const SECRET_NAME = /token|secret|password|passwd|passphrase|api_?key|private|credential/i;

/** Whether any text says a value of the configuration that looks like a secret; the value itself is never told. */
export function secretFindings(config: Readonly<Record<string, unknown>>, texts: readonly string[]): Finding[] {
  return Object.entries(config).flatMap(([key, value]): Finding[] => {
    if (typeof value !== 'string' || value.length < MIN_LENGTH || !SECRET_NAME.test(key)) return [];
    const forms = [value, encodeURIComponent(value), Buffer.from(value).toString('base64')];
    if (!texts.some(text => forms.some(form => text.includes(form)))) return [];
    return [
      {
        step: 'first run',
        is: 'fault',
        what: `a message has the value of ${key}`,
        mend: 'Mage keeps logs: take it out of what is logged or raised',
      },
    ];
  });
}
