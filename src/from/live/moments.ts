import { isDate, isDateTime } from '../../schema/infer/date-time.ts';

type Row = Readonly<Record<string, unknown>>;

/** How an API writes the moments of a column, in milliseconds since 1970. */
export interface Written {
  /** The answer bookmark_format; undefined for ISO 8601 in UTC. */
  readonly format: string | undefined;
  /** What the format tells apart. */
  readonly unit: number;
  readonly text: (moment: number) => string;
}

const [SECOND, DAY] = [1000, 86_400_000];
/** Between 1990 and 2100, in seconds. */
const [FIRST, LAST] = [631_152_000, 4_102_444_800];
const iso = (length: number) => (moment: number) => new Date(moment).toISOString().slice(0, length);
const FORMATS: readonly (readonly [(value: unknown) => boolean, Written])[] = [
  [isEpoch(1), { format: 'epoch_seconds', unit: SECOND, text: moment => String(moment / SECOND) }],
  [isEpoch(SECOND), { format: 'epoch_milliseconds', unit: 1, text: String }],
  [isTextOf(isDate), { format: 'date', unit: DAY, text: iso(10) }],
  [
    isTextOf(text => isDateTime(text) && /(?:Z|[+-]\d\d(?::?\d\d)?)$/.test(text.slice(16))),
    { format: undefined, unit: SECOND, text: moment => `${iso(19)(moment)}Z` },
  ],
  [
    isTextOf(text => isDateTime(text) && text[10] === 'T'),
    { format: '%Y-%m-%dT%H:%M:%S', unit: SECOND, text: iso(19) },
  ],
  [
    isTextOf(isDateTime),
    { format: '%Y-%m-%d %H:%M:%S', unit: SECOND, text: moment => iso(19)(moment).replace('T', ' ') },
  ],
];

/** How all of these are written; undefined where they aren't moments of one form. */
export function writtenAs(values: readonly unknown[]): Written | undefined {
  return values.length > 0 ? FORMATS.find(([fits]) => values.every(fits))?.[1] : undefined;
}

/** The moment of a value that is one. */
export function momentOf(value: unknown, { format }: Written): number {
  if (typeof value === 'number') return format === 'epoch_seconds' ? value * SECOND : value;
  const text = String(value).replace(' ', 'T');
  const [, local, hours, minutes = '00'] = /^(.{16}.*)([+-]\d\d):?(\d\d)?$/.exec(text) ?? [];
  if (local !== undefined) return Date.parse(`${local}${hours}:${minutes}`);
  return Date.parse(format?.startsWith('%') ? `${text}Z` : text);
}

/** The columns of records that have moments in each of them. */
export function momentColumns(records: readonly Row[]): string[] {
  return Object.keys(records[0] ?? {}).filter(column => writtenAs(records.map(record => record[column])) !== undefined);
}

function isEpoch(unit: number): (value: unknown) => boolean {
  return value => Number.isInteger(value) && Number(value) >= FIRST * unit && Number(value) <= LAST * unit;
}

function isTextOf(fits: (text: string) => boolean): (value: unknown) => boolean {
  return value => typeof value === 'string' && fits(value);
}
