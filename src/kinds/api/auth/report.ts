import type { Report } from '../../../connector/kind.ts';
import type { ApiStreamModel } from '../model.ts';
import type { AuthModel } from './auth.ts';
import type { Scheme } from './scheme.ts';

/** Checks what the answers of the schemes say together, and whether their streams can have them. */
export function reportAuth({ schemes, own }: AuthModel, streams: readonly ApiStreamModel[], report: Report): void {
  const others = streams.filter((_, index) => !own.some(each => each.streams.includes(index)));
  for (const scheme of schemes) {
    const { option } = scheme;
    reportScheme(scheme, others, option === undefined ? ['auth'] : ['auth', 'schemes', option], report);
  }
  for (const { scheme, streams: positions } of own) {
    const place = ['streams', positions[0] as number, 'auth'];
    if (scheme)
      reportScheme(
        scheme,
        positions.flatMap(index => streams[index] ?? []),
        place,
        report,
      );
  }
}

function reportScheme(
  { report: reportAnswer, secrets }: Scheme,
  streams: readonly ApiStreamModel[],
  place: readonly (string | number)[],
  report: Report,
): void {
  reportAnswer((key, ...rest) => report([...place, ...[key].flat()], ...rest));
  if (secrets.fields.length > 0 && streams.some(({ method }) => method === 'GET'))
    report(place, 'a GET request has no body for the key', 'method: POST for every stream that it authenticates');
}
