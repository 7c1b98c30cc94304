import type { Grade } from '../described.ts';
import type { Param } from './param.ts';
import type { Shape, Shapes } from './shape.ts';
import { bare } from './words.ts';

/** Names of moments that every change of a record moves. */
const CHANGE =
  /^(?:(?:date|time|last|system)?(?:last)?(?:updated?|modified|modification|changed?|edited)(?:on|at|date|time|datetime|dateutc|timestamp|dt|ts|gmt|utc|atutc)?|systemmodstamp|modstamp)$/;
/** What a filter's name has, beside that of the moment, where it is the lower bound. */
const SINCE = /since|after|from|gte|gt|min|start|begin|ge|newer/;
const BEFORE = /until|before|to$|lte|lt|max|end|older/;
/** Filters that name no moment: their description has to. */
const PLAIN_SINCE = new Set([
  'since',
  'after',
  'from',
  'sincedate',
  'fromdate',
  'startdate',
  'starttime',
  'startat',
  'start',
  'since_time',
  'datefrom',
  'datesince',
]);
const ABOUT_CHANGES = /\b(?:updated|modified|changed|edited|last[- ]?update)/i;

/** The moment by which changes are found, and the parameter that filters by it. */
export interface FoundBookmark {
  readonly column: string;
  readonly grade: Grade;
  readonly evidence: string;
  readonly filter?: {
    readonly param: string;
    readonly format: string;
    readonly grade: Grade;
    readonly evidence: string;
  };
  /** How a number writes the moment. */
  readonly format?: string;
}

/** The column that every change moves, and the parameter that asks for what changed; undefined where there is none. */
export function bookmarkOf(item: Shape, params: readonly Param[], shapes: Shapes): FoundBookmark | undefined {
  const columns = [...item.properties].flatMap(([name, { node, required }]) => {
    const shape = shapes.of(node);
    const format = momentFormat(shape);
    return CHANGE.test(bare(name)) && format !== undefined ? [{ name, shape, required, format }] : [];
  });
  const filtered = columns
    .map(column => ({ column, filter: filterOf(column.name, params, columns.length === 1) }))
    .sort((a, b) => Number(b.filter !== undefined) - Number(a.filter !== undefined))[0];
  if (!filtered) return undefined;
  const { column, filter } = filtered;
  const sure = (column.required && !column.shape.nullable) || filter !== undefined;
  return {
    column: column.name,
    grade: sure ? 'inferred' : 'guessed',
    evidence: `${column.name} is a moment that changes move${sure ? '' : ', and records need not have it'}`,
    ...(filter && { filter }),
    ...(column.format === 'iso8601' ? {} : { format: column.format }),
  };
}

/** How a column writes moments; undefined where it has none that are known. */
function momentFormat({ type, format, description, example }: Shape): string | undefined {
  if (type === 'string') {
    const text = String(example ?? '');
    return format === 'date-time' || /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text) ? 'iso8601' : undefined;
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

function filterOf(column: string, params: readonly Param[], alone: boolean): FoundBookmark['filter'] {
  const candidates = params.filter(
    ({ place, shape }) =>
      (place === 'query' || place === 'body') &&
      shape.type !== 'boolean' &&
      shape.type !== 'array' &&
      shape.enumerated.length === 0,
  );
  const stem = bare(column)
    .replace(/(?:on|at|date|time|datetime|timestamp)$/, '')
    .replace(/^(?:date|time|last)/, '');
  const named = candidates.find(({ name }) => {
    const plain = bare(name);
    const rest = plain.replace(stem, '');
    return plain !== rest && SINCE.test(rest) && !BEFORE.test(rest.replace(SINCE, ''));
  });
  const described = candidates.find(
    ({ name, description }) => alone && PLAIN_SINCE.has(bare(name)) && ABOUT_CHANGES.test(description),
  );
  const param = named ?? described;
  if (!param) return undefined;
  const format = filterFormat(param);
  return {
    param: param.name,
    format: format.value,
    grade: format.known ? 'inferred' : 'guessed',
    evidence: `${param.name}${named ? ' is named like a filter by it' : `: ${param.description.slice(0, 120)}`}`,
  };
}

/** How a filter writes its moment: by its format, its description or an example, else ISO 8601. */
function filterFormat({ shape, description }: Param): { readonly value: string; readonly known: boolean } {
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
