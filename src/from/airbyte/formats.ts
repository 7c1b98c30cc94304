/** How moments are written: a bookmark format of ours, and what stands behind a colon in braces. */
export interface MomentFormat {
  /** Undefined for ISO 8601. */
  readonly bookmark: string | undefined;
  readonly placeholder: string;
  /** How values write it, where it is no ISO 8601. */
  readonly values: string | undefined;
}

const KNOWN: Readonly<Record<string, MomentFormat>> = {
  '%s': { bookmark: 'epoch_seconds', placeholder: ':epoch', values: 'epoch' },
  '%s_as_float': { bookmark: 'epoch_seconds', placeholder: ':epoch', values: 'epoch' },
  '%ms': { bookmark: 'epoch_milliseconds', placeholder: ':epoch_ms', values: 'epoch_ms' },
  '%epoch_microseconds': { bookmark: undefined, placeholder: ':epoch_us', values: undefined },
  '%Y-%m-%d': { bookmark: 'date', placeholder: ':date', values: undefined },
};

/** A format of Airbyte's, which is a pattern of strftime with a few more signs. */
export function momentFormat(pattern: unknown): MomentFormat {
  if (typeof pattern !== 'string' || pattern === '') return { bookmark: undefined, placeholder: '', values: undefined };
  const known = Object.hasOwn(KNOWN, pattern) ? KNOWN[pattern] : undefined;
  if (known) return known;
  const plain = pattern.replaceAll('%_ms', '%f');
  const isIso = /^%Y-%m-%d(?:[T ]%H:%M|$)/.test(plain);
  return { bookmark: plain, placeholder: `:${plain}`, values: isIso ? undefined : plain };
}

/** The seconds of a duration of ISO 8601; undefined where it is none. */
export function seconds(duration: unknown): number | undefined {
  const found = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(
    String(duration),
  );
  if (!found || duration === 'P') return undefined;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, rest = 0] = found
    .slice(1)
    .map(value => Number(value ?? 0));
  return (((years * 365 + months * 30 + weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + rest;
}
