import { groupBy, uniqBy } from 'lodash-es';
import type { RuntimeClass } from '../../../python/compose/composition.ts';
import { dictOf } from '../../../python/compose/values.ts';
import type { AuthOffline } from '../auth/offline.ts';
import { fakeFormats } from '../formats/own.ts';
import type { ApiModel } from '../model.ts';
import type { Pagination } from '../pagination/pagination.ts';
import { shapeTests } from '../shape/features.ts';
import { type OfflineFeature, offlineFeature, offlineWhen } from './features.ts';

/** The features of `FakeApi` that a connector's offline tests need. */
export function apiFeatures(model: ApiModel, login: AuthOffline, hasPages: boolean): OfflineFeature[] {
  const { uses, streams } = model;
  const rename: OfflineFeature['rename'] = login.grantsTokens ? {} : { answer_records: 'answer' };
  const keysAround = streams.some(({ fromResponse, keyProperties }) => keyProperties.some(key => key in fromResponse));
  const wraps =
    uses.recordsIn || uses.successWhen || keysAround || streams.some(({ recordsPath }) => recordsPath.length > 0);
  const nulls =
    hasPages && streams.some(({ recordsIn, recordsPath }) => recordsIn === 'object' && recordsPath.length === 0);
  return [
    hasPages
      ? offlineFeature('fake_records', 'FakeRecords', { rename })
      : offlineFeature('fake_list', 'FakeList', { rename }),
    ...(uses.texts
      ? [
          ...offlineWhen(true, 'texts', uses.body || login.readsBody ? 'FakeTextBodies' : 'FakeTexts'),
          ...offlineWhen(uses.forms, 'texts', 'FakeForms'),
          ...offlineWhen(uses.streamHeaders, 'texts', 'FakeTextHeaders'),
        ]
      : offlineWhen(uses.bodyParams || login.readsBody, 'body_params', 'BodyParams')),
    ...offlineWhen(uses.recordFilter, 'record_tests', 'FakeFilteredRecords'),
    ...shapeTests(streams).api,
    ...offlineWhen(wraps, 'fake_paths', 'FakePaths'),
    ...shapeTests(streams).paths,
    ...offlineWhen(uses.objects, 'fake_paths', 'FakeObjects'),
    ...offlineWhen(
      uses.maps,
      'fake_paths',
      uses.mapValues ? 'FakeMapValues' : uses.mapKey ? 'FakeMapKeys' : 'FakeMaps',
    ),
    ...offlineWhen(uses.columnLists, 'fake_paths', 'FakeColumnLists'),
    ...offlineWhen(uses.walk, 'fake_paths', 'FakeItems'),
    ...offlineWhen(uses.successWhen, 'fake_paths', 'FakeSuccess'),
    ...offlineWhen(keysAround, 'fake_paths', 'FakeKeys'),
    ...(uses.steps &&
    (hasPages || uses.successWhen || keysAround || streams.some(({ columnsPath }) => columnsPath !== undefined))
      ? offlineWhen(true, 'steps', 'FakeSteps')
      : offlineWhen(nulls, 'null_bodies', 'NullBodies')),
    ...(hasPages ? pageFeatures(model) : []),
    ...fakeFormats(model),
    ...(makesFiles(model) ? [JOB_FILES] : []),
    ...archiveFeatures(model),
    ...login.api,
  ];
}

/** What an API says of jobs is JSON, whatever it makes. */
const JOB_FILES: OfflineFeature = {
  ...{ module: 'kinds/api/pagination/job/fake.py', class: 'FakeJobFiles' },
  ...{ rename: {}, values: {} },
};

function makesFiles({ reading: shared, pagination, streams }: ApiModel): boolean {
  const isText = [shared, ...streams.map(({ reading }) => reading)].some(({ format }) => format.name !== 'json');
  return isText && streams.some(stream => (stream.pagination ?? pagination).type === 'job');
}

/** What packs records, beside what is said of jobs where there are some. */
function archiveFeatures({ pagination, streams }: ApiModel): OfflineFeature[] {
  const packed = streams.filter(({ archive }) => archive !== undefined);
  const hasJobs = packed.some(stream => (stream.pagination ?? pagination).type === 'job');
  return offlineWhen(packed.length > 0, 'fake_archives', hasJobs ? 'FakeJobArchives' : 'FakeArchives');
}

/** Where streams have several paginations, each has a method of its own, which is called by its name. */
export function pageMethods({ pagination, streams }: ApiModel): string[] {
  const methods = new Set(streams.map(stream => methodOf(stream.pagination ?? pagination)));
  return methods.size > 1 ? [...methods] : [];
}

function pageFeatures({ pagination, streams }: ApiModel): OfflineFeature[] {
  const used = streams.map(({ name, pagination: way = pagination }) => ({ name, way }));
  const ways = groupBy(used, ({ way }) => methodOf(way));
  const signs = used.flatMap(({ name, way }) => (way.signs === undefined ? [] : [[name, way.signs] as const]));
  const hasSeveral = Object.keys(ways).length > 1;
  const sayings = new Set(
    used.map(({ way }) =>
      way.offline
        .filter(isSaying)
        .map(each => each.class)
        .join(),
    ),
  );
  // Pages of one kind may say it in one stream and not in another.
  const isMixed = hasSeveral || sayings.size > 1 || (signs.length > 0 && !sayings.has(''));
  const mixed =
    signs.length === 0 ? MIXED : signFeature(isMixed ? 'FakeMixedSigns' : 'FakeSigns', { SIGNS: dictOf(signs) });
  const features = Object.entries(ways).flatMap(([method, same]) =>
    uniqBy(
      same.flatMap(({ way }) => way.offline),
      'class',
    ).map((feature, index) => {
      if (isMixed && isSaying(feature)) return mixed;
      return { ...feature, rename: index === 0 && hasSeveral ? { get_page: method } : {}, values: {} };
    }),
  );
  const own = streams.flatMap(({ name, pagination: way }) => (way ? [[name, methodOf(way)]] : []));
  const values = { OWN_PAGES: Object.fromEntries(own), PAGES: methodOf(pagination) };
  return [
    ...(hasSeveral ? [offlineFeature('own_pages', 'OwnPages', { values })] : []),
    ...features,
    ...(signs.length > 0 ? [mixed] : []),
  ];
}

/** True for what says in pages whether there are more. */
function isSaying({ module }: RuntimeClass): boolean {
  return module === MIXED.module;
}

function signFeature(name: string, values: OfflineFeature['values']): OfflineFeature {
  return { module: 'kinds/api/pagination/fake_signs.py', class: name, rename: {}, values };
}

const MIXED: OfflineFeature = {
  module: 'kinds/api/pagination/fake.py',
  class: 'FakeMixed',
  rename: {},
  values: {},
};

/** A method for each class that cuts records into pages. */
function methodOf({ offline: [first] }: Pagination): string {
  return `get_page_of_${String(first?.class)
    .replace('Fake', '')
    .replaceAll(/(?<=[a-z])[A-Z]/g, '_$&')
    .toLowerCase()}`;
}
