import * as v from 'valibot';
import { choice, fields, line, list, mapping, whole } from '../../answers/fields.ts';
import { streamEntries } from '../../answers/stream.ts';
import { wholeOrKey } from '../../answers/typed-config-key.ts';
import { CONFIG_KEY } from '../../base/names.ts';
import { conditionEntries } from '../../records/condition-answers.ts';
import { recordsPath, valuePath } from '../../records/response-path.ts';
import { shapeEntries } from '../../records/shape-entries.ts';
import { streamAuth } from './auth/answers.ts';
import { errorRules } from './errors/answers.ts';
import { forEach } from './for-each/answers.ts';
import { streamFormatEntries } from './formats/answers.ts';
import { streamsFrom } from './listed/answers.ts';
import { pagination } from './pagination/answers.ts';
import { requestEntries } from './request-answers.ts';

const parent = v.pipe(
  fields({
    stream: line('The stream whose records this one is asked for by'),
    field: line('The field of its records that is taken'),
    as: v.pipe(
      v.string('must be text'),
      v.regex(CONFIG_KEY, 'must be lower-case letters, digits and _, beginning with a letter, 63 at most'),
      v.description('What it is called here: {key} in path, params and body, and the column that takes it'),
    ),
    incremental: v.optional(
      v.pipe(
        v.boolean('must be true or false'),
        v.description(
          'True where only those of its records are asked by that have changed since the last run; replication_key is the column that takes its own then',
        ),
      ),
    ),
  }),
  v.description('The stream whose records this one is asked for by, one by one'),
);

/** The answers of one stream of an API. */
export const apiStream = fields({
  ...streamEntries,
  ...requestEntries,
  ...streamFormatEntries,
  records_path: v.optional(
    recordsPath(
      'Where the records are in a response, such as data.items or groups.*.items; without it, the response itself',
    ),
  ),
  omits_empty: v.optional(
    v.pipe(
      v.boolean('must be true or false'),
      v.description('True where a response without records leaves out the list at records_path'),
    ),
  ),
  records_in: v.optional(
    choice(
      ['list', 'object', 'map', 'rows', 'columns', 'values'],
      'What stands there: a list of records, one record, records by their keys, rows of values, a list of values for each column, or values alone (default: list)',
    ),
  ),
  map_key: v.optional(line('The column that takes the key of each record of a map')),
  record_filter: v.optional(
    v.pipe(
      v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]), 'must be a mapping of fields to values'),
      v.check(value => Object.keys(value).length > 0, 'must have a field'),
      v.description('The fields and values of the records that are kept; the others are dropped'),
    ),
  ),
  from_response: v.optional(
    v.pipe(
      mapping(
        v.pipe(v.string(), v.minLength(1, 'has an empty name')),
        valuePath('Where the response has it'),
        'must be a mapping of columns to paths',
      ),
      v.description(
        'Columns that come from the response around the records: column and path, such as meta.generated_at',
      ),
    ),
  ),
  ...conditionEntries,
  ...shapeEntries,
  bookmark_param: v.optional(
    line(
      'The request parameter that filters by replication_key, including its value or not; without it, the connector filters alone',
    ),
  ),
  bookmark_format: v.optional(
    v.pipe(
      v.string('must be text'),
      v.regex(
        /^(?:iso8601|date|epoch_seconds|epoch_milliseconds|integer|[^\r\n]*%[A-Za-z][^\r\n]*)$/,
        'must be iso8601, date, epoch_seconds, epoch_milliseconds, integer or a pattern of strftime such as %d.%m.%Y',
      ),
      v.description(
        'How bookmark_param writes a moment: iso8601 (the default), date, epoch_seconds, epoch_milliseconds or a pattern of strftime; integer: the bookmark is a counter, such as an id',
      ),
    ),
  ),
  bookmark_end_param: v.optional(
    line('The request parameter of the end, which gets the _end_date of the run, or the end of a window'),
  ),
  window_days: v.optional(wholeOrKey('The longest time in days that the API answers for at once')),
  lookback_seconds: v.optional(wholeOrKey('How much is read again in each run, for records that the API shows late')),
  sorted: v.optional(
    v.pipe(
      v.boolean('must be true or false'),
      v.description('True where the API promises ascending bookmarks; then each page moves the state'),
    ),
  ),
  newest_first: v.optional(
    v.pipe(
      v.boolean('must be true or false'),
      v.description(
        'True where the API promises descending bookmarks; then a page of records that are older than the bookmark is the last',
      ),
    ),
  ),
  parent: v.optional(parent),
  parents: v.optional(list(parent, 'Several of them: fields of one parent, or of each of several')),
  for_each: forEach,
  streams_from: streamsFrom,
  empty_statuses: v.optional(list(whole('A status', 400), 'The statuses that mean no records, such as 404')),
  auth: v.optional(streamAuth),
  errors: errorRules,
  pagination: v.optional(
    v.pipe(
      pagination,
      v.description("Its own pagination, where it isn't the connector's; type: none where one response has everything"),
    ),
  ),
});

export type ApiStreamAnswers = v.InferOutput<typeof apiStream>;
