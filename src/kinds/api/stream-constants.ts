import { isEqual } from 'lodash-es';
import type { Constant } from '../../python/compose/subclass.ts';
import { dictOf, exploded, expression, tuple, type Value } from '../../python/compose/values.ts';
import { formatTexts, pythonLiteral } from '../../python/literal.ts';
import type { ApiModel, ApiStreamModel } from './model.ts';
import { DEFAULT_FORMAT, formatConstant, momentFeature, stepOf } from './moments.ts';
import { pathValue } from './response-path.ts';

/** The constants of a stream's class, in their order, but for those of a pagination of its own. */
export function streamConstants(stream: ApiStreamModel, model: ApiModel): Constant[] {
  return [...requestConstants(stream, model), ...recordConstants(stream), ...bookmarkConstants(stream, model)];
}

/** A constant that is written where it says more than that of the base class. */
function constant(needed: boolean, name: string, value: Value | (() => Value), comment = ''): Constant[] {
  return needed ? [{ name, value: typeof value === 'function' ? value() : value, comment }] : [];
}

function requestConstants(stream: ApiStreamModel, { pagination, uses }: ApiModel): Constant[] {
  const { name, path, body, parents, childFields, bodyParams, emptyStatuses } = stream;
  const { pageSize } = stream.pagination ?? pagination;
  const params = { ...stream.params, ...pageSize };
  return [
    ...constant(true, 'TABLE', name),
    ...constant(true, 'PATH', path),
    ...constant(!isEqual(params, pagination.pageSize), 'PARAMS', json(params, uses.placeholders.params)),
    ...constant(parents.length > 0, 'PARENTS', () => parentsValue(parents)),
    ...constant(childFields.length > 0, 'CHILD_FIELDS', tuple(childFields)),
    ...constant(stream.method === 'POST', 'METHOD', 'post'),
    ...constant(body !== undefined, 'BODY', () => bodyValue(stream, uses.placeholders.body)),
    ...constant(bodyParams.length > 0, 'BODY_PARAMS', tuple(bodyParams)),
    ...constant(emptyStatuses.length > 0, 'EMPTY_STATUSES', tuple(emptyStatuses), 'The answers that mean no records.'),
  ];
}

/** A JSON value, whose texts are ready for `str.format` where some text of its kind has placeholders. */
function json(value: unknown, hasPlaceholders: boolean): Value {
  return (hasPlaceholders ? formatTexts(value) : value) as Value;
}

/** The body, in which a GraphQL query is read from its file. */
function bodyValue({ name, body, graphql }: ApiStreamModel, hasPlaceholders: boolean): Value {
  const value = json(body, hasPlaceholders);
  if (graphql === undefined) return value;
  const query = expression(`${queryReader(hasPlaceholders)}(${pythonLiteral(name)})`);
  return { query, ...(value as Readonly<Record<string, Value>>) };
}

/** The function of python/streams/requests.py that reads a query. */
export function queryReader(hasPlaceholders: boolean): string {
  return hasPlaceholders ? 'read_template' : 'read_query';
}

/** Each parent has a line of its own, where there are several. */
function parentsValue(parents: ApiStreamModel['parents']): Value {
  const value = tuple(parents.map(({ className, fields }) => tuple([expression(className), fields])));
  return parents.length > 1 ? exploded(value) : value;
}

function recordConstants(stream: ApiStreamModel): Constant[] {
  const { recordsPath, omitsEmpty, recordsIn, mapKey, recordFilter, fromResponse, conversions, keyProperties } = stream;
  const paths = Object.entries(fromResponse).map(([column, path]) => [column, pathValue(path)] as const);
  const types = Object.entries(conversions).map(([column, type]) => [column, expression(type)] as const);
  return [
    ...constant(recordsPath.length > 0, 'RECORDS_PATH', pathValue(recordsPath)),
    ...constant(omitsEmpty, 'OMITS_EMPTY', true),
    ...constant(recordsIn !== 'list', 'RECORDS_IN', recordsIn),
    ...constant(mapKey !== undefined, 'MAP_KEY', mapKey ?? null),
    ...constant(Object.keys(recordFilter).length > 0, 'RECORD_FILTER', recordFilter, 'The others are dropped.'),
    ...constant(paths.length > 0, 'FROM_RESPONSE', () => exploded(dictOf(paths))),
    ...constant(types.length > 0, 'CONVERSIONS', () => exploded(dictOf(types))),
    ...constant(keyProperties.length > 0, 'KEY_PROPERTIES', keyProperties),
  ];
}

function bookmarkConstants(stream: ApiStreamModel, { uses }: ApiModel): Constant[] {
  const { replicationKey, valueFormat, counter, bookmarkParam, bookmarkFormat, bookmarkEndParam, textColumns } = stream;
  const writesMoments = bookmarkParam !== undefined && !counter;
  const form = momentFeature(uses.bookmarkFormats);
  // The classes of nothing but seconds or milliseconds, and without an end, step back by themselves.
  const hasStep = writesMoments && (!['Seconds', 'Milliseconds'].includes(form) || uses.counters || uses.end);
  const namesFormat = writesMoments && ['Patterns', 'MixedFormats'].includes(form);
  const ofBookmark = [
    ...constant(true, 'REPLICATION_METHOD', 'INCREMENTAL'),
    ...constant(true, 'REPLICATION_KEY', replicationKey ?? null),
    ...constant(valueFormat !== undefined, 'VALUE_FORMAT', valueFormat ?? null),
    ...constant(counter && uses.moments, 'COUNTER', true),
    ...constant(bookmarkParam !== undefined, 'BOOKMARK_PARAM', bookmarkParam ?? null),
    ...constant(namesFormat && bookmarkFormat !== DEFAULT_FORMAT, 'BOOKMARK_FORMAT', formatConstant(bookmarkFormat)),
    ...constant(
      hasStep && stepOf(bookmarkFormat) !== stepOf(DEFAULT_FORMAT),
      'BOOKMARK_STEP',
      () => stepOf(bookmarkFormat),
      'In seconds, what the format tells apart.',
    ),
    ...constant(bookmarkEndParam !== undefined, 'BOOKMARK_END_PARAM', bookmarkEndParam ?? null),
    ...timeConstants(stream),
  ];
  return [
    ...(replicationKey === undefined ? [] : ofBookmark),
    ...constant(
      textColumns.length > 0,
      'TEXT_COLUMNS',
      tuple(textColumns),
      'Their values are of several types, so they are written as JSON text.',
    ),
  ];
}

function timeConstants({ windowDays, lookback, sorted }: ApiStreamModel): Constant[] {
  return [
    ...constant(
      windowDays !== undefined,
      'WINDOW_DAYS',
      windowDays ?? null,
      'The longest time that the API answers for at once.',
    ),
    ...constant(
      lookback > 0,
      'LOOKBACK',
      lookback,
      'Seconds that are read again in each run, for records that the API shows late.',
    ),
    ...constant(sorted, 'SORTED', true, 'The API promises ascending bookmarks, so each page moves the state.'),
  ];
}
