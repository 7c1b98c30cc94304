import type { Param } from './param.ts';
import type { Shape } from './shape.ts';

/** What says of a text that it is a moment with its time. */
const WRITTEN_AS_MOMENT = /iso[- ]?8601|rfc ?3339|\bdate-time\b|yyyy-mm-dd'?t/i;

/** How a column writes moments; undefined where it has none that are known. */
export function momentFormat({ type, format, description, example }: Shape): string | undefined {
  if (type === 'string') {
    const text = String(example ?? '');
    const isMoment =
      format === 'date-time' ||
      /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text) ||
      (format === undefined && text === '' && WRITTEN_AS_MOMENT.test(description));
    return isMoment ? 'iso8601' : undefined;
  }
  if (type !== 'integer') return undefined;
  return epochOf(`${format ?? ''} ${description}`, example);
}

/** The unit of a number since 1970, where the description or an example tells it. */
function epochOf(text: string, example: unknown): string | undefined {
  const value = Number(example);
  if (value >= 631_152_000 && value <= 4_102_444_800) return 'epoch_seconds';
  if (value >= 631_152_000_000 && value <= 4_102_444_800_000) return 'epoch_milliseconds';
  if (!/unix|epoch|timestamp|since 1970/i.test(text)) return undefined;
  return /milli|\bms\b/i.test(text)
    ? 'epoch_milliseconds'
    : /second|unix[- ]?time/i.test(text)
      ? 'epoch_seconds'
      : undefined;
}

/** How a filter writes its moment: by its format, its description or an example, else ISO 8601. */
export function filterFormat({ shape, description }: Param): { readonly value: string; readonly known: boolean } {
  const text = `${description} ${shape.description}`;
  if (shape.format === 'date-time') return { value: 'iso8601', known: true };
  if (shape.format === 'date') return { value: 'date', known: true };
  if (shape.type === 'integer' || shape.type === 'number') {
    const epoch = epochOf(`${shape.format ?? ''} ${text}`, shape.example ?? shape.fallback);
    return { value: epoch ?? 'epoch_seconds', known: epoch !== undefined };
  }
  const example = String(shape.example ?? '');
  if (/^\d{4}-\d\d-\d\d$/.test(example)) return { value: 'date', known: true };
  if (/^\d{4}-\d\d-\d\dT/.test(example) || /iso[- ]?8601|rfc ?3339|yyyy-mm-dd'?t|\d{4}-\d\d-\d\dT\d\d:/i.test(text))
    return { value: 'iso8601', known: true };
  if (/unix|epoch/i.test(text))
    return { value: /milli/i.test(text) ? 'epoch_milliseconds' : 'epoch_seconds', known: true };
  if (/\byyyy-mm-dd\b(?!.?hh|'?t)|(?<!\d)\d{4}-\d\d-\d\d(?![T\d ])/i.test(text)) return { value: 'date', known: true };
  return { value: 'iso8601', known: false };
}
