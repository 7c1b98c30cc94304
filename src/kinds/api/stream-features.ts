import type { RuntimeClass } from '../../python/compose/composition.ts';
import { dictOf } from '../../python/compose/values.ts';
import { beginsInList, pathValue } from '../../records/response-path.ts';
import type { ApiModel, ApiStreamModel, ApiUses } from './model.ts';
import { type MomentFeature, momentFeature } from './moments.ts';
import { configuredSize } from './pagination/page-size.ts';
import type { PythonFeature } from './python-feature.ts';
import { shapeFeatures } from './shape/features.ts';

/** The features of `BaseStream` (python/stream.py) that the streams of a connector need, in the order of its constants. */
export function streamFeatures(model: ApiModel): PythonFeature[] {
  const { uses } = model;
  return [
    ...parentFeatures(uses),
    ...when(uses.forEach, 'for_each', 'ForEach'),
    ...when(uses.listed, 'listed', uses.listedColumns ? 'ListedColumns' : 'Listed'),
    ...requestFeatures(uses),
    ...when(model.auth.own.length > 0, 'own_auth', 'OwnAuth'),
    ...when(model.streams.some(hasNumbers), 'configured_numbers', 'ConfiguredNumbers'),
    ...sizeFeatures(model),
    ...when(uses.errors, 'error_rules', 'StreamErrors'),
    ...when(uses.ownFormats, 'own_format', 'OwnFormat'),
    ...recordFeatures(model),
    ...shapeFeatures(model.streams, uses.parents),
    ...bookmarkFeatures(uses),
    ...linkFeatures(model),
    ...model.pagination.stream,
    ...listFeatures(model),
  ];
}

function sizeFeatures({ pagination, streams }: ApiModel): PythonFeature[] {
  const sizes = streams.map(stream => configuredSize((stream.pagination ?? pagination).pageSize));
  const values = { PAGE_SIZE_KEYS: configuredSize(pagination.pageSize) };
  const needed = sizes.some(keys => Object.keys(keys).length > 0);
  return needed ? [{ ...streamFeature('configured_numbers', 'ConfiguredPageSize'), values }] : [];
}

function hasNumbers({ numbers }: ApiStreamModel): boolean {
  return Object.keys(numbers).length > 0;
}

/** A feature without values where it is needed. */
function when(needed: boolean, file: string, className: string): PythonFeature[] {
  return needed ? [{ ...streamFeature(file, className), values: {} }] : [];
}

function streamFeature(file: string, className: string): RuntimeClass {
  return { module: `kinds/api/python/streams/${file}.py`, class: className };
}

function parentFeatures(uses: ApiUses): PythonFeature[] {
  return [
    ...bookmarkedParents(uses),
    ...when(uses.changedParents || uses.begunParents, 'changed_parents', 'ChangedParents'),
  ];
}

function bookmarkedParents({ parents, incremental, childBookmarks, end }: ApiUses): PythonFeature[] {
  if (childBookmarks) return when(true, 'child_bookmarks', end ? 'EndedChildBookmarks' : 'ChildBookmarks');
  if (!incremental) return when(parents, 'parents', 'Parents');
  return when(parents, 'parents', end ? 'EndedParents' : 'IncrementalParents');
}

function requestFeatures(uses: ApiUses) {
  const { parents, body, bodyParams, emptyStatuses, placeholders } = uses;
  const { optional } = placeholders;
  if (uses.texts) return textFeatures(uses);
  return [
    ...when(!parents && (placeholders.baseUrl || placeholders.paths), 'requests', 'UrlPlaceholders'),
    ...(parents
      ? when(placeholders.params, 'parents', optional.params ? 'OptionalParentParams' : 'ParentParams')
      : when(placeholders.params, 'requests', optional.params ? 'OptionalParams' : 'ParamPlaceholders')),
    ...when(body, 'requests', 'Bodies'),
    ...(parents
      ? when(placeholders.body, 'parents', optional.body ? 'OptionalParentBodies' : 'ParentBodies')
      : when(placeholders.body, 'requests', optional.body ? 'OptionalBodies' : 'BodyPlaceholders')),
    ...when(bodyParams, 'requests', 'BodyParams'),
    ...when(emptyStatuses, 'requests', body ? 'EmptyStatusesOfBodies' : 'EmptyStatuses'),
  ];
}

/** What fills requests one by one. */
function textFeatures({ parents, body, emptyStatuses, streamHeaders, forms }: ApiUses): PythonFeature[] {
  return [
    ...when(true, 'texts', body ? 'TextBodies' : 'Texts'),
    ...when(streamHeaders, 'texts', 'HeaderTexts'),
    ...when(forms, 'texts', 'FormTexts'),
    ...when(parents, 'texts', 'ParentTexts'),
    ...when(emptyStatuses, 'texts', 'EmptyTexts'),
  ];
}

function recordFeatures({ uses, reading, pagination, successWhen }: ApiModel): PythonFeature[] {
  const wanted = Object.entries(successWhen).map(([path, value]) => [pathValue(path), value] as const);
  return [
    ...when(uses.successWhen, 'records', 'SuccessWhen').map(feature => ({
      ...feature,
      values: { SUCCESS_WHEN: dictOf(wanted) },
    })),
    ...when(uses.omitsEmpty, 'records', 'OmittedLists'),
    ...when(uses.steps, 'paths', 'Steps'),
    ...(reading.format.elements ? [elementFeature(uses)] : when(uses.walk, 'records', 'Walk')),
    ...when(uses.objects, 'records', pagination.hasPages ? 'SingleObjects' : 'Objects'),
    ...when(uses.maps, 'records', uses.mapValues ? 'MapValues' : uses.mapKey ? 'MapKeys' : 'Maps'),
    ...when(uses.columnLists, 'records', 'ColumnLists'),
    ...when(uses.recordFilter, 'records', 'RecordFilter'),
    ...when(uses.fromResponse, 'records', 'FromResponse'),
    ...when(uses.conversions, 'columns', 'Conversions'),
    ...valueFeatures(uses),
    ...when(uses.keys, 'keys', uses.childBookmarks ? 'ChildKeys' : uses.incremental ? 'IncrementalKeys' : 'Keys'),
  ];
}

/** What finds records among elements, where one alone may stand in place of a list. */
export function elementFeature({ walk }: ApiUses): PythonFeature {
  return { ...streamFeature('records', walk ? 'ElementWalk' : 'ElementPaths'), values: {} };
}

function valueFeatures({ integers, dateTimes }: ApiUses): PythonFeature[] {
  return [
    ...when(integers, 'values', 'Integers'),
    ...when(dateTimes !== 'none', 'values', dateTimes === 'nested' ? 'NestedDateTimes' : 'DateTimes'),
  ];
}

function bookmarkFeatures(uses: ApiUses): PythonFeature[] {
  const { incremental, moments, counters, serverFilter, end, windows } = uses;
  const moment = uses.valueFormats ? 'FormattedMoments' : 'Moments';
  const mixed = uses.valueFormats ? 'FormattedMixed' : 'MixedBookmarks';
  const bookmarks = moments && counters ? mixed : counters ? 'Counters' : moment;
  return [
    ...when(incremental, 'incremental', bookmarks),
    ...(serverFilter ? filterFeatures(uses) : []),
    ...when(end, 'windows', windows ? 'Windows' : 'End'),
    ...when(end && uses.texts, 'texts', 'TextEnd'),
    ...when(uses.newestFirst, 'newest_first', 'NewestFirst'),
    ...when(uses.lookback, 'look_back', 'LookBack'),
    ...when(uses.checkpoints, 'checkpoints', 'Checkpoints'),
  ];
}

/** The filters that write moments of one form themselves, where nothing else has to write any. */
const SIMPLE_FILTERS: Readonly<Record<MomentFeature, string | undefined>> = {
  Patterns: 'PatternFilter',
  Seconds: 'SecondsFilter',
  Milliseconds: 'MillisecondsFilter',
  MixedFormats: undefined,
};

/** How the API gets the bookmark: as a moment in one of its forms, or as a number. */
function filterFeatures({ texts, bookmarkFormats, counters, filteredCounters, end }: ApiUses): PythonFeature[] {
  if (bookmarkFormats.length === 0) return when(true, 'filters', 'CounterFilter');
  if (texts)
    return [
      ...when(true, 'texts', 'TextMoments'),
      ...when(true, 'filters', filteredCounters ? 'MixedFilter' : 'MomentFilter'),
    ];
  const form = momentFeature(bookmarkFormats);
  const filter = SIMPLE_FILTERS[form];
  if (filter !== undefined && !counters && !end) return when(true, 'filters', filter);
  return [
    ...when(true, 'moment_params', form),
    ...when(true, 'filters', filteredCounters ? 'MixedFilter' : 'MomentFilter'),
  ];
}

/** Where some pagination follows addresses: what an address must not get, or has already. */
function linkFeatures({ auth, config, redirectGuard, uses }: ApiModel): PythonFeature[] {
  if (!uses.followsAddresses) return [];
  const secrets = auth.all.length > 0 || config.some(({ secret }) => secret) || redirectGuard.headers.length > 0;
  return when(true, 'links', auth.params ? 'KeyLinks' : secrets ? 'SecretLinks' : 'Links');
}

function listFeatures({ uses: { walk, recordsIn, textColumns }, exactDecimals, ...model }: ApiModel): PythonFeature[] {
  const paginations = [model.pagination, ...model.streams.flatMap(({ pagination }) => pagination ?? [])];
  const inLists = paginations.flatMap(({ paths }) => paths).some(beginsInList);
  const noLists = {
    ...{ module: 'kinds/api/pagination/paged.py', class: inLists ? 'NoOtherLists' : 'NoLists' },
    values: {},
  };
  return [
    ...(walk || recordsIn ? [noLists] : []),
    ...when(textColumns, 'columns', exactDecimals ? 'ExactTextColumns' : 'TextColumns'),
  ];
}
