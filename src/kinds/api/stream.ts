import { mapValues } from 'lodash-es';
import type { StreamReport } from '../../connector/kind.ts';
import type { StreamModel } from '../../connector/model.ts';
import { conditionOf, keptWhen } from '../../records/condition-answers.ts';
import { isFirstRow } from '../../records/items.ts';
import { shapeOf } from '../../records/shape.ts';
import { forEachOf } from './for-each/for-each.ts';
import { archiveOf } from './formats/archive.ts';
import { readingsOf } from './formats/readings.ts';
import { listedOf } from './listed/listed.ts';
import type { ApiStreamModel } from './model.ts';
import { resolvePagination } from './pagination/answers.ts';
import { parentsOf } from './parents.ts';
import { castsOf } from './shape/features.ts';
import type { ApiStreamAnswers } from './stream-answers.ts';
import { reportStream } from './stream-checks.ts';
import { filterOf } from './texts/moments.ts';

/** Checks what an API stream's answers say together, and completes its model. */
export function resolveApiStream(answer: ApiStreamAnswers, stream: StreamModel, report: StreamReport): ApiStreamModel {
  reportStream(answer, stream, report);
  return {
    ...stream,
    ...requestOf(answer),
    ...recordsOf(answer),
    casts: answer.cast ? castsOf(stream.schema) : {},
    ...incrementalOf(answer),
    parents: parentsOf(answer),
    forEach: forEachOf(answer),
    listed: listedOf(answer),
    isTemplate: answer.streams_from !== undefined,
    // What follows from the connector or from other streams is filled in by resolveApi.
    types: {},
    bodyParams: [],
    conversions: {},
    childFields: [],
    archive: archiveOf(answer),
    reading: readingsOf({ answers: answer, makesJobs: false, hasArchives: false }, []).shared,
  };
}

function requestOf(answer: ApiStreamAnswers) {
  const { graphql, params_in, params = {}, variables } = answer;
  const posts =
    answer.body !== undefined || answer.body_as !== undefined || graphql !== undefined || params_in === 'body';
  const method = answer.method ?? (posts ? 'POST' : 'GET');
  const paramsIn = params_in ?? (graphql === undefined ? 'query' : 'body');
  const form = answer.body_as === 'form';
  const body = { ...answer.body, ...(variables && { variables }) };
  const isText = form || paramsIn === 'query' || method === 'GET';
  return {
    baseUrl: answer.base_url?.replace(/\/+$/, ''),
    headers: answer.headers ?? {},
    form,
    path: answer.path.replace(/^\/+/, ''),
    method,
    body: method === 'POST' ? (form ? mapValues(body, asText) : body) : undefined,
    graphql,
    params: isText ? mapValues(params, asText) : params,
    paramsIn,
    emptyStatuses: answer.empty_statuses ?? [],
    errors: answer.errors ?? [],
    pagination: answer.pagination && resolvePagination(answer.pagination),
  };
}

/** A value as a query or a form has it. */
function asText<Value>(value: Value): Value | string | string[] {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}

function recordsOf(answer: ApiStreamAnswers) {
  return {
    recordsPath: answer.records_path ?? '',
    omitsEmpty: answer.omits_empty ?? false,
    recordsIn: answer.records_in ?? 'list',
    mapKey: answer.map_key,
    recordFilter: answer.record_filter ?? {},
    fromResponse: answer.from_response ?? {},
    shape: shapeOf(answer),
    keeps: keptWhen(answer),
    isDeleted: answer.deleted_when === undefined ? undefined : conditionOf(answer.deleted_when),
    deletedColumn: answer.deleted_column,
    ...itemsOf(answer),
  };
}

/** What is said of items that are no records. */
function itemsOf({ records_in, records_path = '', columns_path, column_names = [], value_column }: ApiStreamAnswers) {
  const headerRow = records_in === 'rows' && column_names.length === 0 && isFirstRow(columns_path, records_path);
  return {
    headerRow,
    columnsPath: headerRow ? undefined : columns_path,
    columnNames: column_names,
    valueColumn: records_in === 'map' ? 'value' : (value_column ?? 'value'),
    mapValue: records_in === 'map' ? value_column : undefined,
  };
}

function incrementalOf(answer: ApiStreamAnswers) {
  return {
    ...filterOf(answer),
    counter: answer.bookmark_format === 'integer',
    // What is configured is filled in by resolveApi.
    windowDays: answer.window_days === undefined ? undefined : Number(answer.window_days),
    lookback: Number(answer.lookback_seconds ?? 0),
    numbers: {},
    sorted: answer.sorted ?? false,
    newestFirst: answer.newest_first ?? false,
  };
}
