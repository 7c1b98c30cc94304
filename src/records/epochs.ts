import * as v from 'valibot';
import { choice, mapping } from '../answers/fields.ts';
import { nearest } from '../base/names.ts';
import type { StreamReport } from '../connector/kind.ts';
import type { StreamModel } from '../connector/model.ts';

/** What makes moments of numbers since 1970 or of other texts, and the other way round; functions of python/streams/epochs.py. */
const CONVERSIONS = ['from_epoch', 'from_epoch_ms', 'from_rfc2822', 'from_dotnet', 'to_epoch', 'to_epoch_ms'] as const;
type Conversion = (typeof CONVERSIONS)[number];

/** Columns, and what makes their values. */
export type Conversions = Readonly<Record<string, Conversion>>;

/** The answer about columns whose moments get another form. */
export const convert = v.optional(
  v.pipe(
    mapping(
      v.pipe(v.string(), v.minLength(1, 'has an empty name')),
      choice(CONVERSIONS, ''),
      'must be a mapping of columns to conversions',
    ),
    v.description(
      'Columns whose moments get another form: from_epoch and from_epoch_ms make date-times of seconds or milliseconds since 1970, from_rfc2822 of Mon, 01 Jan 2024 12:00:00 +0000, from_dotnet of /Date(1704110400000)/; to_epoch and to_epoch_ms make such numbers of ISO 8601',
    ),
  ),
);

/** Reports columns that have no place for what a conversion makes. */
export function reportConversions(conversions: Conversions, { schema }: StreamModel, report: StreamReport): void {
  for (const [name, conversion] of Object.entries(conversions)) {
    const column = Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
    const meant = nearest(name, Object.keys(schema.properties));
    const wanted = makesMoments(conversion) ? 'date-time' : 'integer';
    const found = column && 'format' in column ? column.format : column?.type[1];
    if (!column)
      report(
        'convert',
        `${name} is no column of the schema`,
        meant ? `did you mean ${meant}?` : 'add it to the schema',
      );
    else if (found !== wanted) report('convert', `${name} is of the type ${found} in the schema`, `make it ${wanted}`);
  }
}

/** The value that the connector makes of one of a sample; one that it would refuse, as it is. */
export function converted(value: unknown, conversion: Conversion): unknown {
  if (value === null || value === '') return null;
  const scale = conversion.endsWith('_ms') ? 1 : 1000;
  const moment = new Date(isText(conversion) ? readText(value, conversion) : readPlain(value, conversion, scale));
  if (Number.isNaN(moment.getTime())) return value;
  return makesMoments(conversion) ? moment.toISOString() : Math.floor(moment.getTime() / scale);
}

/** True for what makes moments of texts that aren't ISO 8601. */
export function isText(conversion: Conversion): boolean {
  return conversion === 'from_rfc2822' || conversion === 'from_dotnet';
}

function readText(value: unknown, conversion: Conversion): string | number {
  if (conversion === 'from_rfc2822') return typeof value === 'string' ? value : Number.NaN;
  return Number(/^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/.exec(String(value))?.[1]);
}

function readPlain(value: unknown, conversion: Conversion, scale: number): string | number {
  if (makesMoments(conversion)) return Number(value) * scale;
  return typeof value === 'string' ? withOffset(value) : Number.NaN;
}

function makesMoments(conversion: Conversion): boolean {
  return conversion.startsWith('from');
}

/** A moment without an offset is in UTC. */
function withOffset(text: string): string {
  return /T.*(?:Z|[+-]\d\d:?\d\d)$|^[^T]*$/.test(text) ? text : `${text}Z`;
}
