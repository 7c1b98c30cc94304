import { DEEPEST, depthOf } from '../../base/depth.ts';
import { reportHeader } from '../../base/headers.ts';
import { TELLING } from '../../base/statuses.ts';
import type { StreamReport } from '../../connector/kind.ts';
import type { StreamModel } from '../../connector/model.ts';
import { reportValueFormat } from '../../connector/schema-streams.ts';
import { reportShape } from '../../records/checks.ts';
import { hasSteps } from '../../records/response-path.ts';
import { reportForEach } from './for-each/for-each.ts';
import { reportListed } from './listed/checks.ts';
import { DAY } from './moments.ts';
import { reportPagination } from './pagination/answers.ts';
import { reportValues } from './shape/values.ts';
import type { ApiStreamAnswers } from './stream-answers.ts';
import { reportTexts } from './texts/checks.ts';
import { filterOf } from './texts/moments.ts';

/** Checks what an API stream's answers say together. */
export function reportStream(answer: ApiStreamAnswers, stream: StreamModel, report: StreamReport): void {
  if (answer.pagination) reportPagination(answer.pagination, (key, ...rest) => report(`pagination.${key}`, ...rest));
  reportTexts(answer, stream, report);
  reportForEach(answer, report);
  reportListed(answer, report);
  reportIncremental(answer, stream, report);
  reportValueFormat(stream, report);
  reportBookmarkType(answer, stream, report);
  reportBody(answer, report);
  const hidden = answer.empty_statuses?.find(TELLING);
  if (hidden !== undefined)
    report('empty_statuses', `would hide every ${hidden}, and records with it`, 'errors has rules for such answers');
  reportRecords(answer, stream, report);
  reportShape(answer, stream, report);
  reportValues(answer, report);
}

function reportBody(answer: ApiStreamAnswers, report: StreamReport): void {
  const { method, body, body_as, graphql, params_in, variables } = answer;
  reportForm(answer, report);
  if (depthOf(variables) > DEEPEST) report('variables', `is nested more than ${DEEPEST} deep`);
  if (variables !== undefined && graphql === undefined) report('variables', 'has no use without graphql');
  if (variables !== undefined && body?.variables !== undefined)
    report('variables', 'stands in body as well', 'leave one of them out');
  for (const [name, value] of Object.entries(answer.headers ?? {}))
    reportHeader(name, value, (...rest) => report(`headers.${name}`, ...rest));
  if (depthOf(body) > DEEPEST) report('body', `is nested more than ${DEEPEST} deep`);
  if (method !== 'GET') return;
  if (body !== undefined) report('body', 'has no place in a GET request', 'method: POST');
  if (graphql !== undefined) report('graphql', 'has no place in a GET request', 'method: POST');
  if (body_as !== undefined) report('body_as', 'a GET request has no body', 'method: POST');
  if (params_in === 'body') report('params_in', 'a GET request has no body', 'method: POST');
}

/** A form is names and texts. */
function reportForm({ body_as, body = {}, graphql }: ApiStreamAnswers, report: StreamReport): void {
  if (body_as !== 'form') return;
  if (graphql !== undefined) report('body_as', 'has no place beside graphql, whose body is JSON');
  for (const [name, value] of Object.entries(body))
    if ([value].flat().some(item => typeof item === 'object'))
      report('body', `has something nested at ${name}, for which a form has no place`, 'body_as: json');
}

function reportIncremental(answer: ApiStreamAnswers, stream: StreamModel, report: StreamReport): void {
  const given = (keys: readonly (keyof ApiStreamAnswers)[]) => keys.filter(key => answer[key] !== undefined);
  const ofBookmark = [
    'bookmark_param',
    'bookmark_end_param',
    'window_days',
    'lookback_seconds',
    'sorted',
    'newest_first',
  ] as const;
  if (stream.replicationMethod !== 'INCREMENTAL')
    for (const key of given(ofBookmark)) report(key, 'has no use without a replication_key');
  const { bookmarkParam, bookmarkEndParam } = filterOf(answer);
  if (bookmarkParam === undefined)
    for (const key of given(['bookmark_end_param', 'window_days']))
      report(key, 'has no use without a bookmark_param', 'or {since} in a text of the request');
  if (answer.window_days !== undefined && bookmarkEndParam === undefined)
    report('window_days', 'needs a bookmark_end_param for the end of each window', 'or {until} beside {since}');
  if (answer.newest_first && bookmarkParam !== undefined)
    report('newest_first', 'has no use where the API leaves out what is old', 'leave it out');
  if (answer.newest_first && answer.sorted) report('newest_first', 'is the opposite of sorted');
  reportWindows(answer, report);
}

/** Windows overlap by what the format tells apart, and so have to be longer than that. */
function reportWindows(answer: ApiStreamAnswers, report: StreamReport): void {
  const { window_days: days, bookmark_format: format } = answer;
  if (typeof days !== 'number' || format === 'integer') return;
  const step = filterOf(answer).bookmarkStep / DAY;
  if (days <= step)
    report('window_days', `must be more than ${step}, as bookmark_format tells no less apart`, 'or use a finer format');
}

function reportRecords(
  { records_path = '', omits_empty, records_in, map_key, from_response }: ApiStreamAnswers,
  { schema }: StreamModel,
  report: StreamReport,
): void {
  const unknown = (key: string, column: string) =>
    column in schema.properties || report(key, `${column} is no column of the schema`, 'add it to the schema');
  if (omits_empty && (records_path === '' || hasSteps(records_path)))
    report('omits_empty', 'needs a records_path of keys alone');
  if (map_key !== undefined && records_in !== 'map') report('map_key', 'has no use without records_in: map');
  if (map_key !== undefined) unknown('map_key', map_key);
  for (const column of Object.keys(from_response ?? {})) unknown('from_response', column);
}

/** Checks that the bookmark's column fits what it is said to hold: a moment, or a counter. */
function reportBookmarkType(answer: ApiStreamAnswers, stream: StreamModel, report: StreamReport): void {
  const { replicationKey, schema } = stream;
  const type = replicationKey === undefined ? undefined : schema.properties[replicationKey]?.type[1];
  const { bookmark_format: format } = answer;
  if (!type) return;
  if (!['string', 'integer', 'number'].includes(type))
    report(
      'replication_key',
      `${replicationKey} is of the type ${type}`,
      'a bookmark is a moment, as text in ISO 8601 or a number since 1970, or a counter',
    );
  else if (format === 'integer') reportCounter(answer, `${replicationKey} is of the type ${type}`, type, report);
  else if (type === 'string' && stream.momentFormats?.length === 0 && stream.valueFormat === undefined)
    report(
      'value_format',
      `is needed, since ${replicationKey} has moments of no form that is known in the sample`,
      'a pattern of strptime such as %d/%m/%Y %H:%M; names of zones other than UTC and GMT have no pattern',
    );
  else if (type === 'integer' && format === undefined && stream.valueFormat === undefined)
    report(
      'bookmark_format',
      `is needed, since ${replicationKey} is a number`,
      'integer for a counter such as an id, epoch_seconds or epoch_milliseconds for a moment',
    );
  else if (type === 'string' && format !== undefined && filterOf(answer).bookmarkParam === undefined)
    report('bookmark_format', 'has no use without a bookmark_param');
}

/** A counter has no place in time. */
function reportCounter(answer: ApiStreamAnswers, found: string, type: string, report: StreamReport): void {
  if (type !== 'integer') report('bookmark_format', `${found}, no counter`, 'leave it out, or name another column');
  const ofMoments = ['value_format', 'bookmark_end_param', 'window_days', 'lookback_seconds'] as const;
  for (const key of ofMoments) if (answer[key] !== undefined) report(key, 'has no use where the bookmark is a counter');
}
