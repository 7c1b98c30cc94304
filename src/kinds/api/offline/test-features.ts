import { tuple } from '../../../python/compose/values.ts';
import type { AuthOffline } from '../auth/offline.ts';
import type { ApiModel, ApiStreamModel } from '../model.ts';
import { type MomentFeature, momentFeature } from '../moments.ts';
import { shapeTests } from '../shape/features.ts';
import { hasChangedParent } from '../uses.ts';
import { type OfflineFeature, offlineFeature, offlineWhen } from './features.ts';

/** The features of `OfflineTest` that a connector needs. */
export function testFeatures(model: ApiModel, login: AuthOffline): OfflineFeature[] {
  const { uses, streams } = model;
  const flat = flatStreams(model);
  const shape = shapeTests(streams);
  const others = uses.parents || uses.fromResponse || flat.length > 0 || shape.others;
  return [
    ...bookmarkFeatures(model),
    ...offlineWhen(uses.objects, 'record_tests', 'SingleRecords'),
    ...offlineWhen(uses.objects && uses.incremental, 'single_tests', 'SingleTests'),
    ...offlineWhen(uses.mapKey && hasElements(model), 'record_tests', 'NamedElements'),
    ...offlineWhen(uses.recordFilter, 'record_tests', 'FilteredRecords'),
    ...offlineWhen(others, 'other_columns', 'OtherColumns'),
    ...offlineWhen(uses.fromResponse, 'other_columns', 'ResponseColumns'),
    ...(flat.length > 0 && flat.length < streams.length
      ? [offlineFeature('other_columns', 'SomeFlatColumns', { values: { FLAT: tuple(flat) } })]
      : offlineWhen(flat.length > 0, 'other_columns', 'FlatColumns')),
    ...shape.tests,
    ...offlineWhen(uses.end, 'run_end', 'RunEnd'),
    ...offlineWhen(takesShortPages(model), 'short_pages', 'ShortPages'),
    ...parentFeatures(model),
    ...offlineWhen(uses.forEach, 'for_each_tests', 'ForEachTests'),
    ...offlineWhen(uses.listed, 'listed_tests', uses.listedColumns ? 'ListedColumnTests' : 'ListedTests'),
    ...login.tests,
  ];
}

/** The streams whose format has no place for values inside of others. */
function flatStreams({ streams }: ApiModel): string[] {
  return streams.filter(({ reading }) => reading.format.flat).map(({ name }) => name);
}

function hasElements({ streams }: ApiModel): boolean {
  return streams.some(({ reading }) => reading.format.elements);
}

/** True where a short page of some stream is the last one, so that its size matters. */
function takesShortPages({ pagination, streams }: ApiModel): boolean {
  return streams.some(stream => (stream.pagination ?? pagination).stream.some(each => each.class === 'ShortPage'));
}

function parentFeatures({ uses, streams }: ApiModel): OfflineFeature[] {
  const takesMoments = streams.some(({ parents, schema }) =>
    parents.some(({ fields }) => Object.keys(fields).some(column => 'format' in (schema.properties[column] ?? {}))),
  );
  if (!uses.changedParents && !uses.begunParents)
    return offlineWhen(uses.parents, 'parent_tests', takesMoments ? 'MomentParentTests' : 'ParentTests');
  return [offlineFeature('parent_tests', 'ChangedParentTests')];
}

/** True for windows that begin at whole seconds, where a parameter tells less apart. */
function hasFineWindows({ windowDays, bookmarkStep }: ApiStreamModel): boolean {
  return windowDays !== undefined && bookmarkStep < 1;
}

/** The streams whose records have bookmarks that tests can choose: none of a parent's, nor of what the API was asked for. */
function ownBookmarks(streams: readonly ApiStreamModel[]): OfflineFeature['values'] {
  const incremental = streams.filter(({ replicationKey }) => replicationKey !== undefined);
  const own = incremental.filter(
    stream => !hasChangedParent(stream) && !Object.hasOwn(stream.shape.values, stream.replicationKey as string),
  );
  return own.length < incremental.length ? { INCREMENTAL: tuple(own.map(({ name }) => name)) } : {};
}

function bookmarkFeatures({ uses, streams }: ApiModel): OfflineFeature[] {
  const { counters, moments, valueFormats, clientFilter, serverFilter, lookback } = uses;
  if (!uses.incremental) return [];
  const features = [
    ...momentFeatures(uses),
    ...offlineWhen(counters, 'incremental_tests', moments ? 'MomentsAndCounters' : 'Counters'),
    ...offlineWhen(uses.texts && serverFilter && moments, 'texts', counters ? 'MixedTexts' : 'TextMoments'),
    ...offlineWhen(valueFormats, 'value_formats', 'ValueFormats'),
    ...offlineWhen(serverFilter, 'server_filter', clientFilter ? 'PartialFilter' : 'ServerFilter'),
    ...offlineWhen(lookback, 'look_back', 'LookBack'),
    ...offlineWhen(streams.some(hasFineWindows), 'window_tests', 'WindowTests'),
  ];
  return features.map((feature, index) => (index === 0 ? { ...feature, values: ownBookmarks(streams) } : feature));
}

/** What writes moments as streams do that have one form of them. */
const SIMPLE: Readonly<Record<MomentFeature, string>> = {
  Patterns: 'PatternMoments',
  Seconds: 'SecondsMoments',
  Milliseconds: 'MillisecondsMoments',
  MixedFormats: 'Moments',
};

/** How moments are asked for: in the one form that the streams write them in, or as `to_param` writes them. */
function momentFeatures({ moments, bookmarkFormats, counters, end, texts }: ApiModel['uses']): OfflineFeature[] {
  const simple = bookmarkFormats.length > 0 && !counters && !end && !texts;
  return offlineWhen(moments, 'incremental_tests', simple ? SIMPLE[momentFeature(bookmarkFormats)] : 'Moments');
}

/** The tests, which nothing calls by name. */
export function testNames({ uses }: ApiModel, hasPages: boolean): string[] {
  return [
    hasPages ? 'test_reads_all_pages' : 'test_reads_all_records',
    'test_reads_nothing_where_there_is_nothing',
    'test_waits_as_long_as_the_api_asks',
    ...(uses.incremental ? ['test_resumes_from_a_state', 'test_delivers_records_without_a_bookmark'] : []),
    ...(uses.listed ? ['test_finds_a_stream_for_each_record_of_a_list'] : []),
    ...(uses.parents ? ['test_gives_children_the_fields_of_their_parents'] : []),
  ];
}
