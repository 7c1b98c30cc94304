import * as v from 'valibot';
import { choice, mapping } from '../answers/fields.ts';
import { nearest } from '../base/names.ts';
import type { StreamReport } from '../connector/kind.ts';
import type { StreamModel } from '../connector/model.ts';

/** What makes moments of numbers since 1970, in seconds or milliseconds, and the other way round; functions of python/streams/epochs.py. */
const CONVERSIONS = ['from_epoch', 'from_epoch_ms', 'to_epoch', 'to_epoch_ms'] as const;
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
      'Columns whose moments get another form: from_epoch and from_epoch_ms make date-times of seconds or milliseconds since 1970, to_epoch and to_epoch_ms make such numbers of ISO 8601',
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
  const moment = makesMoments(conversion)
    ? new Date(Number(value) * scale)
    : new Date(typeof value === 'string' ? withOffset(value) : Number.NaN);
  if (Number.isNaN(moment.getTime())) return value;
  return makesMoments(conversion) ? moment.toISOString() : Math.floor(moment.getTime() / scale);
}

function makesMoments(conversion: Conversion): boolean {
  return conversion.startsWith('from');
}

/** A moment without an offset is in UTC. */
function withOffset(text: string): string {
  return /T.*(?:Z|[+-]\d\d:?\d\d)$|^[^T]*$/.test(text) ? text : `${text}Z`;
}
