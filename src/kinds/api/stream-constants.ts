import { isEqual } from 'lodash-es';
import { placeholdersIn, textsIn } from '../../base/placeholders.ts';
import type { Constant } from '../../python/compose/subclass.ts';
import { dictOf, exploded, expression, tuple, type Value } from '../../python/compose/values.ts';
import { pythonLiteral } from '../../python/literal.ts';
import { plainText, queryText, templateText, typedText, withTexts } from '../../python/request-texts.ts';
import { pathValue } from '../../records/response-path.ts';
import { errorsValue } from './errors/rules.ts';
import { formatConstants } from './formats/own.ts';
import type { Listed } from './listed/listed.ts';
import type { ApiModel, ApiStreamModel, ApiUses } from './model.ts';
import { DEFAULT_FORMAT, formatConstant, momentFeature, stepOf } from './moments.ts';
import { configuredSize, fixedSize } from './pagination/page-size.ts';
import { shapeConstants } from './shape/features.ts';
import { hasChangedParent, isBegun } from './uses.ts';

/** The constants of a stream's class, in their order, but for those of a pagination of its own. */
export function streamConstants(stream: ApiStreamModel, model: ApiModel): Constant[] {
  const shape = shapeConstants(stream, model.streams);
  return [
    ...requestConstants(stream, model),
    ...recordConstants(stream),
    ...shape,
    ...bookmarkConstants(stream, model),
  ];
}

/** A constant that is written where it says more than that of the base class. */
function constant(needed: boolean, name: string, value: Value | (() => Value), comment = ''): Constant[] {
  return needed ? [{ name, value: typeof value === 'function' ? value() : value, comment }] : [];
}

function requestConstants(stream: ApiStreamModel, model: ApiModel): Constant[] {
  const { pagination, uses, errors: shared } = model;
  const { name, baseUrl, path, body, parents, forEach, childFields, bodyParams, emptyStatuses, errors } = stream;
  const { pageSize } = stream.pagination ?? pagination;
  const { params, texts } = paramValues(stream, uses);
  const sent = { ...params, ...fixedSize(pageSize) };
  const configured = configuredSize(pageSize);
  return [
    ...constant(true, 'TABLE', name),
    ...constant(baseUrl !== undefined, 'BASE_URL', () => urlText(baseUrl ?? '', stream, uses)),
    ...constant(true, 'PATH', urlText(path, stream, uses)),
    ...constant(!isEqual(sent, fixedSize(pagination.pageSize)), 'PARAMS', sent),
    ...constant(!isEqual(configured, configuredSize(pagination.pageSize)), 'PAGE_SIZE_KEYS', configured),
    ...constant(Object.keys(texts).length > 0, 'TEXTS', texts),
    ...constant(parents.length > 0, 'PARENTS', () => parentsValue(parents)),
    ...constant(hasChangedParent(stream), 'CHANGED_PARENTS', true, 'Only those that have changed are asked by.'),
    ...constant(forEach !== undefined, 'ITEM', forEach?.as ?? null),
    ...constant(forEach?.config === undefined && forEach !== undefined, 'ITEMS', () => tuple(forEach?.items ?? [])),
    ...constant(forEach?.config !== undefined, 'ITEMS_KEY', forEach?.config ?? null),
    ...(stream.listed ? listedConstants(stream.listed) : []),
    ...constant(childFields.length > 0, 'CHILD_FIELDS', tuple(childFields)),
    ...constant(
      childFields.length > 0 && isBegun(stream),
      'BEGUN',
      true,
      'Children are asked for by what is there since the start, without which no request is.',
    ),
    ...constant(stream.method === 'POST', 'METHOD', 'post'),
    ...constant(Object.keys(stream.headers).length > 0, 'HEADERS', () =>
      withTexts(
        stream.headers,
        text => templateText(text, stream),
        header => header,
      ),
    ),
    ...constant(stream.form, 'BODY_AS', 'form'),
    ...constant(body !== undefined, 'BODY', () => bodyValue(stream, uses)),
    ...constant(bodyParams.length > 0, 'BODY_PARAMS', tuple(bodyParams)),
    ...constant(stream.auth !== undefined, 'AUTH', stream.auth ?? null),
    ...formatConstants(stream, model),
    ...constant(
      errors.length > 0,
      'ERRORS',
      () => errorsValue([...errors, ...shared]),
      'The first rule that fits counts.',
    ),
    ...constant(emptyStatuses.length > 0, 'EMPTY_STATUSES', tuple(emptyStatuses), 'The answers that mean no records.'),
  ];
}

function listedConstants({ list, nameFields, prefix, fields, columns }: Listed): Constant[] {
  return [
    ...constant(true, 'LIST', expression(list.className), 'Each of its records is a stream.'),
    ...constant(true, 'NAME_FIELDS', tuple(nameFields)),
    ...constant(prefix !== '', 'PREFIX', prefix),
    ...constant(true, 'FIELDS', fields),
    ...(columns ? columnConstants(columns) : []),
  ];
}

function columnConstants({ field, name, type, types, valuesPath }: NonNullable<Listed['columns']>): Constant[] {
  return [
    ...constant(true, 'COLUMNS_FIELD', field),
    ...constant(name !== 'name', 'COLUMN_NAME', name),
    ...constant(type !== 'type', 'COLUMN_TYPE', type),
    ...constant(Object.keys(types).length > 0, 'TYPES', () => exploded(dictOf(Object.entries(types)))),
    ...constant(valuesPath !== '', 'VALUES_PATH', () => pathValue(valuesPath)),
  ];
}

/** The parameters of a stream: as they are sent, or with texts that are filled; both by the names that they have in Python. */
function paramValues(stream: ApiStreamModel, { texts, placeholders }: ApiUses) {
  const params = Object.entries(stream.params);
  const named = (entries: typeof params, name: (text: string) => string, value: (text: string) => string) =>
    Object.fromEntries(entries.map(([key, text]) => [name(key), withTexts(text, value)]));
  const template = (text: string) => templateText(text, stream);
  if (!texts) return { params: named(params, plainText, placeholders.params ? template : plainText), texts: {} };
  const hasText = ([name, value]: (typeof params)[number]) => placeholdersIn([name, ...textsIn(value)]).length > 0;
  const inBody = (name: string) => stream.bodyParams.includes(name) && !stream.form;
  return {
    params: named(
      params.filter(each => !hasText(each)),
      plainText,
      plainText,
    ),
    texts: Object.fromEntries(
      params
        .filter(hasText)
        .map(([name, text]) => [
          template(name),
          withTexts(text, each => (inBody(name) ? typedText(each, stream) : queryText(each, stream))),
        ]),
    ),
  };
}

function urlText(text: string, stream: ApiStreamModel, uses: ApiUses): string {
  return fillsUrls(uses) ? templateText(text, stream) : text;
}

/** True where addresses are texts that are filled. */
export function fillsUrls({ parents, texts, placeholders }: ApiUses): boolean {
  return parents || texts || placeholders.baseUrl || placeholders.paths;
}

/** The body, in which a GraphQL query is read from its file. */
function bodyValue(stream: ApiStreamModel, uses: ApiUses): Value {
  const { name, body, graphql } = stream;
  const template = (text: string) => templateText(text, stream);
  const value = uses.texts
    ? withTexts(body, text => (stream.form ? template(text) : typedText(text, stream)), template)
    : withTexts(body, fillsBodies(uses) ? template : plainText, plainText);
  if (graphql === undefined) return value;
  const query = expression(`${queryReader(uses)}(${pythonLiteral(name)})`);
  return { query, ...(value as Readonly<Record<string, Value>>) };
}

function fillsBodies({ texts, placeholders }: ApiUses): boolean {
  return texts || placeholders.body;
}

/** The function of python/streams/requests.py that reads a query. */
export function queryReader(uses: ApiUses): string {
  return fillsBodies(uses) ? 'read_template' : 'read_query';
}

/** Each parent has a line of its own, where there are several. */
function parentsValue(parents: ApiStreamModel['parents']): Value {
  const value = tuple(parents.map(({ className, fields }) => tuple([expression(className), fields])));
  return parents.length > 1 ? exploded(value) : value;
}

function recordConstants(stream: ApiStreamModel): Constant[] {
  const { recordsPath, omitsEmpty, recordsIn, recordFilter, fromResponse, conversions, keyProperties } = stream;
  const { mapKey, mapValue } = stream;
  const paths = Object.entries(fromResponse).map(([column, path]) => [column, pathValue(path)] as const);
  const types = Object.entries(conversions).map(([column, type]) => [column, expression(type)] as const);
  return [
    ...constant(recordsPath.length > 0, 'RECORDS_PATH', pathValue(recordsPath)),
    ...constant(omitsEmpty, 'OMITS_EMPTY', true),
    ...constant(recordsIn !== 'list', 'RECORDS_IN', recordsIn),
    ...constant(mapKey !== undefined, 'MAP_KEY', mapKey ?? null),
    ...constant(mapValue !== undefined, 'MAP_VALUE', mapValue ?? null),
    ...constant(Object.keys(recordFilter).length > 0, 'RECORD_FILTER', recordFilter, 'The others are dropped.'),
    ...constant(paths.length > 0, 'FROM_RESPONSE', () => exploded(dictOf(paths))),
    ...constant(types.length > 0, 'CONVERSIONS', () => exploded(dictOf(types))),
    ...constant(keyProperties.length > 0, 'KEY_PROPERTIES', keyProperties),
  ];
}

function bookmarkConstants(stream: ApiStreamModel, { uses }: ApiModel): Constant[] {
  const { replicationKey, valueFormat, counter, bookmarkParam, bookmarkFormat, bookmarkEndParam, textColumns } = stream;
  const writesMoments = bookmarkParam !== undefined && !counter;
  const step = stream.bookmarkStep;
  const form = momentFeature(uses.bookmarkFormats);
  // The classes of nothing but seconds or milliseconds, and without an end, step back by themselves.
  const hasStep =
    writesMoments && (uses.texts || !['Seconds', 'Milliseconds'].includes(form) || uses.counters || uses.end);
  const namesFormat = writesMoments && !uses.texts && ['Patterns', 'MixedFormats'].includes(form);
  const ofBookmark = [
    ...constant(true, 'REPLICATION_METHOD', 'INCREMENTAL'),
    ...constant(true, 'REPLICATION_KEY', replicationKey ?? null),
    ...constant(valueFormat !== undefined, 'VALUE_FORMAT', valueFormat ?? null),
    ...constant(counter && uses.moments, 'COUNTER', true),
    ...constant(bookmarkParam !== undefined, 'BOOKMARK_PARAM', bookmarkParam ?? null),
    ...constant(namesFormat && bookmarkFormat !== DEFAULT_FORMAT, 'BOOKMARK_FORMAT', formatConstant(bookmarkFormat)),
    ...constant(
      hasStep && step !== stepOf(DEFAULT_FORMAT),
      'BOOKMARK_STEP',
      step,
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

function timeConstants({ windowDays, lookback, sorted, newestFirst, numbers }: ApiStreamModel): Constant[] {
  const configured = Object.entries(numbers).map(([name, { key, least }]) => [name, tuple([key, least])] as const);
  return [
    ...constant(configured.length > 0, 'NUMBERS', () => dictOf(configured)),
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
    ...constant(
      newestFirst,
      'NEWEST_FIRST',
      true,
      'The API promises descending bookmarks, so an old page is the last.',
    ),
  ];
}
