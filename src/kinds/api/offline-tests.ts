import type { FileEntry } from '../../changes/plan.ts';
import type { ApiModel, ApiStreamModel } from './model.ts';
import { momentExpression } from './moments.ts';
import { loginOf } from './offline-login.ts';
import { valuesOf } from './python-feature.ts';

/** The tests that come with an API connector, relative to the folder that its layout has for tests. */
export function apiTests(model: ApiModel): FileEntry[] {
  const { uses, pagination, streams, responseFormat } = model;
  const around = columnsFromElsewhere(model);
  const flat = responseFormat.flat;
  const ownPages = streams.filter(stream => stream.pagination !== undefined);
  const paginations = [pagination, ...ownPages.flatMap(stream => stream.pagination ?? [])];
  const paged = paginations.some(({ hasPages }) => hasPages);
  const login = loginOf(model);
  const data = {
    login,
    auth: login,
    responseFormat: responseFormat.name,
    csvDelimiter: valuesOf(model.fakeEncoder).DELIMITER,
    around,
    flat,
    ownPages: ownPages.map(withAnswer),
    paged,
    readsParams: paged || uses.serverFilter || login.readsParams,
    // What a run delivers has more columns than what the fake API has.
    partial: around.length > 0 || flat,
    wraps: uses.recordsIn || streams.some(({ recordsPath }) => recordsPath.length > 0),
    pageUrls: uses.followsAddresses,
    pageHeaders: paginations.some(({ type, answer }) => type === 'link_header' || answer.cursor_header !== undefined),
    puts: paginations.some(({ answer }) => Object.keys(answer).some(key => key.endsWith('_path'))),
    manyFormats: uses.bookmarkFormats.length > 1,
    bookmark: bookmarkAfter(model),
    asked: askedFor(model),
  };
  return [
    { path: '__init__.py', content: { text: '' } },
    {
      path: `test_${model.uuid}.py`,
      content: {
        template: 'kinds/api/templates/tests/test_source.py.ejs',
        data: { ...model, ...data, pagination: pagination.answer, streams: streams.map(withAnswer) },
      },
    },
  ];
}

const withAnswer = (stream: ApiStreamModel) => ({ ...stream, pagination: stream.pagination?.answer });

/** Python's expressions of the columns that the API's records don't have. */
function columnsFromElsewhere({ uses }: ApiModel): string[] {
  return [
    uses.parents && 'parent_columns(stream)',
    uses.fromResponse && 'stream.FROM_RESPONSE',
    uses.mapKey && '[stream.MAP_KEY]',
  ].filter(column => column !== false);
}

/** The bookmark that a state has after a number of records. */
function bookmarkAfter({ uses: { counters, moments } }: ApiModel): (count: string) => string {
  if (!moments) return count => count;
  return counters ? count => `to_bookmark(STREAMS[name], ${count})` : count => `to_moment(${count}).isoformat()`;
}

/** What a request asks for as text, from a moment or, where the bookmark is a counter, from the last record on. */
function askedFor({ uses: { bookmarkFormats, counters } }: ApiModel): (moment: string) => string {
  const [format, ...others] = bookmarkFormats;
  if (format === undefined) return () => 'str(last)';
  const counter = counters ? 'str(last) if stream.COUNTER else ' : '';
  if (others.length > 0) return moment => `${counter}str(stream.to_param(${moment}))`;
  const written = (moment: string) => momentExpression(format, moment);
  return moment => counter + (format.startsWith('epoch_') ? `str(${written(moment)})` : written(moment));
}
