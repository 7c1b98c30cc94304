import { placeholdersIn, textFault } from './placeholders.ts';

/** Headers that carry secrets, which belong into the configuration. */
export const SECRET_HEADER = /^(authorization|proxy-authorization|cookie)$|(api|access|auth)[-_]?(key|token|secret)/i;

/** What the name of a header is: a token (RFC 9110, section 5.1). */
export const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;

/** Reports what is wrong with a header that requests are to have. */
export function reportHeader(name: string, value: string, report: (message: string, hint?: string) => void): void {
  const fault = textFault(value) ?? headerFault(name, value);
  if (fault) report(fault);
  if (SECRET_HEADER.test(name) && placeholdersIn([value]).length === 0)
    report('looks like a secret, which would stand in the code', 'use auth, or a {key} of the configuration');
}

/** What is wrong with a header of the answers; undefined where HTTP can send it. */
export function headerFault(name: string, value: string): string | undefined {
  if (!HEADER_NAME.test(name)) return 'is no name that a header can have';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what HTTP forbids
  if (/[\u0000-\u0008\u000a-\u001f\u007f]|[^\u0000-\u00ff]|^[\t ]|[\t ]$/.test(value))
    return 'has characters that a header cannot hold';
  return undefined;
}
