import { camelCase, uniqBy } from 'lodash-es';
import { isMapping } from '../../base/mapping.ts';
import { pagingRole } from '../requests/paging-params.ts';
import type { FirstPage } from '../responses/sign.ts';

/** A request parameter that may ask for what changed since a moment, which is `{since}` in its text. */
export interface Filter {
  readonly param: string;
  readonly text: string;
  /** What it has in common with filters of other columns. */
  readonly style: string;
  /** True where its name says that it is about changes, or about the column itself. */
  readonly isNamed: boolean;
}

/** Usual names: {c} is the column, {s} what is left of it without `_at` and the like. The most usual are first. */
const USUAL = (
  '{c}__gte {c}[gte] {c}_gte {s}_since since _since {s}_after {c}_after {c}_min {c}_from min_{c} {c}:gte updated_since ' +
  'modified_since changed_since updated_after modified_after {c}_since since_{c} {c}[after] {c}[from] {c}[$gte] filter[{c}][gte] ' +
  'filter[{c}][_gte] filters[{c}][$gte] q[{c}_gteq] filter[{s}_since] filter[since]'
).split(' ');
/** Those that are said to be a lower bound. */
const LOWER = /since|after|from|gte|min|start|newer/i;
const OF_CREATION = /creat|insert/i;
const OF_CHANGES = /updat|modif|chang/i;

/** The parameters by which an API may take what changed since a moment, those that it is said to have first. */
export function filtersFor(column: string, { parameters, response }: FirstPage): Filter[] {
  const said = Object.keys(parameters).filter(
    name => LOWER.test(name) && !OF_CREATION.test(name) && pagingRole(name) === undefined,
  );
  const stem = column.replace(/_?(?:at|on|date|time)$/i, '') || column;
  const usual = USUAL.map(style => [style, style.replace('{c}', column).replace('{s}', stem)] as const).map(
    ([style, name]) => [style, /[a-z][A-Z]/.test(column) && /^\w+$/.test(name) ? inCamelCase(name) : name] as const,
  );
  const plain = [...said.map(name => [name, name] as const), ...usual].map(([style, param]) => ({
    ...{ style, param, text: '{since}' },
    isNamed: param.includes(stem) || OF_CHANGES.test(param),
  }));
  const ofLanguage = languageFilters(column, { parameters, response });
  // Who speaks a language has no other filters, and may fail by what is none of it.
  return ofLanguage.length > 0 ? ofLanguage : uniqBy(plain, 'param');
}

/** `updated_at_gte` of a column updatedAt is updatedAtGte; what an operator is set off by stays. */
function inCamelCase(name: string): string {
  const [, lead = '', words = '', operator = ''] = /^(_*)(.*?)(__?gte)?$/.exec(name) ?? [];
  return `${lead}${camelCase(words)}${operator}`;
}

/** Filters of APIs whose responses show what they are: OData, and PostgREST by its Content-Range. */
function languageFilters(
  column: string,
  { parameters, response }: Pick<FirstPage, 'parameters' | 'response'>,
): Filter[] {
  const isOData =
    isMapping(response.body) &&
    [...Object.keys(response.body), ...Object.keys(parameters)].some(name => /^@odata\.|^\$(?:top|skip)/.test(name));
  const isRange = Array.isArray(response.body) && response.headers['content-range'] !== undefined;
  return [
    ...(isOData ? [{ param: '$filter', text: `${column} ge {since}`, style: '$filter', isNamed: true }] : []),
    ...(isRange ? [{ param: column, text: 'gte.{since}', style: '{c}=gte.', isNamed: true }] : []),
  ];
}
