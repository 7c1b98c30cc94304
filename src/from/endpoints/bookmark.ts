import type { Grade } from '../described.ts';
import { filterFormat, momentFormat } from './moments.ts';
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
/** Records that are written once: what happened stays as it was. */
const WRITTEN_ONCE =
  /^(?:(?:audit|activity|access|change|system|call|sms|email)?_?(?:events?|logs?|activit(?:y|ies)|histor(?:y|ies)|log_?entr(?:y|ies))|auditlogs?|bounces?|blocks|clicks?|visits?|(?:balance_)?transactions|(?:journal|ledger)_?entries|measurements?|readings?|actions|notifications)$/;
/** Names of the moment at which they were written. */
const WRITTEN =
  /^(?:(?:date|time)?(?:created?|creation|occurred|recorded|logged|posted|event)(?:on|at|date|time|datetime|timestamp|ts|utc)?|timestamp|datetime|date|time|at)$/;
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

/**
 * The column that every change moves, and the parameter that asks for what changed; undefined where there is none.
 * Of records that are never changed, such as events, it is the moment at which they were written. `word`: what they are called.
 */
export function bookmarkOf(
  item: Shape,
  params: readonly Param[],
  shapes: Shapes,
  word = '',
): FoundBookmark | undefined {
  const columns = [...item.properties].flatMap(([name, { node, required }]) => {
    const shape = shapes.of(node);
    const format = momentFormat(shape);
    return CHANGE.test(bare(name)) && format !== undefined ? [{ name, shape, required, format }] : [];
  });
  const filtered = columns
    .map(column => ({ column, filter: filterOf(column.name, params, columns.length === 1) }))
    .sort((a, b) => Number(b.filter !== undefined) - Number(a.filter !== undefined))[0];
  if (!filtered) return writtenOnce(item, params, word, shapes);
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

/** Without a filter, it would save nothing, and risk what is written late. */
function writtenOnce(item: Shape, params: readonly Param[], word: string, shapes: Shapes): FoundBookmark | undefined {
  if (!WRITTEN_ONCE.test(word)) return undefined;
  for (const [column, { node }] of item.properties) {
    const format = momentFormat(shapes.of(node));
    const filter = WRITTEN.test(bare(column)) && format !== undefined ? filterOf(column, params, true, /./) : undefined;
    if (filter)
      return {
        column,
        grade: 'guessed',
        evidence: `${word} are taken for records that nobody changes, and ${column} for when they were written`,
        filter: { ...filter, grade: 'guessed' },
        ...(format === 'iso8601' || format === undefined ? {} : { format }),
      };
  }
  return undefined;
}

function filterOf(
  column: string,
  params: readonly Param[],
  alone: boolean,
  about = ABOUT_CHANGES,
): FoundBookmark['filter'] {
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
  const bounds = candidates.filter(({ name }) => {
    const plain = bare(name);
    const rest = plain.replace(stem, '');
    return plain !== rest && SINCE.test(rest) && !BEFORE.test(rest.replace(SINCE, ''));
  });
  // A bound that leaves out its own moment would lose what was written in it.
  const named = bounds.find(({ name }) => !/gt$/.test(bare(name))) ?? bounds[0];
  const described = candidates.find(
    ({ name, description }) => alone && PLAIN_SINCE.has(bare(name)) && about.test(description || name),
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
