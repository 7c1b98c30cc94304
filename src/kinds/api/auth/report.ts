import type { Report } from '../../../connector/kind.ts';
import type { ApiStreamModel } from '../model.ts';
import type { AuthModel } from './auth.ts';

/** Checks what the answers of the schemes say together, and whether all streams can have them. */
export function reportAuth(auth: AuthModel, streams: readonly ApiStreamModel[], report: Report): void {
  for (const { option, report: reportScheme } of auth.schemes) {
    const place = option === undefined ? ['auth'] : ['auth', 'schemes', option];
    reportScheme((key, ...rest) => report([...place, ...[key].flat()], ...rest));
  }
  if (auth.fields && streams.some(({ method }) => method === 'GET'))
    report(['auth'], 'a GET request has no body for the key', 'method: POST for every stream');
}
