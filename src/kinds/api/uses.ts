import { placeholdersIn, textsIn } from '../../base/placeholders.ts';
import type { ConfigKey } from '../../connector/model.ts';
import { conditionPaths } from '../../records/condition.ts';
import { hasSteps, namePaths } from '../../records/response-path.ts';
import { typedColumns } from '../../schema/typed-columns.ts';
import { readsFiles } from './formats/archived.ts';
import { foundSchema } from './listed/listed.ts';
import type { ApiModel, ApiStreamModel, ApiUses } from './model.ts';
import { optionalKeys } from './optional-keys.ts';
import type { Pagination } from './pagination/pagination.ts';
import { isQuery, needsClock, needsTexts } from './texts/uses.ts';

interface UsesInput {
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly successWhen: ApiModel['successWhen'];
  readonly errors: ApiModel['errors'];
  readonly pagination: Pagination;
  readonly config: readonly ConfigKey[];
  readonly reading: ApiModel['reading'];
  readonly streams: readonly ApiStreamModel[];
}

/** What the streams call for; everything else stays out of the code. */
export function usesOf(input: UsesInput): ApiUses {
  return {
    ...bookmarkUses(input.streams.filter(({ replicationKey }) => replicationKey !== undefined)),
    ...requestUses(input),
    ...recordUses(input.streams),
    ownFormats: input.streams.some(({ reading }) => reading !== input.reading),
  };
}

function bookmarkUses(incremental: readonly ApiStreamModel[]) {
  const filtered = incremental.filter(({ bookmarkParam }) => bookmarkParam !== undefined);
  const formats = filtered.filter(({ counter }) => !counter).map(({ bookmarkFormat }) => bookmarkFormat);
  return {
    incremental: incremental.length > 0,
    moments: incremental.some(({ counter }) => !counter),
    counters: incremental.some(({ counter }) => counter),
    valueFormats: incremental.some(({ valueFormat }) => valueFormat !== undefined),
    serverFilter: filtered.length > 0,
    filteredCounters: filtered.some(({ counter }) => counter),
    clientFilter: filtered.length < incremental.length,
    childBookmarks: incremental.some(stream => hasParents(stream) && !hasChangedParent(stream)),
    changedParents: incremental.some(hasChangedParent),
    begunParents: incremental.some(stream => stream.childFields.length > 0 && isBegun(stream)),
    end: incremental.some(({ bookmarkEndParam }) => bookmarkEndParam !== undefined),
    windows: incremental.some(({ windowDays }) => windowDays !== undefined),
    lookback: incremental.some(({ lookback }) => lookback > 0),
    newestFirst: incremental.some(({ newestFirst }) => newestFirst),
    checkpoints: incremental.some(({ sorted, windowDays }) => sorted || windowDays !== undefined),
    bookmarkFormats: [...new Set(formats)].sort(),
  };
}

function requestUses({ baseUrl, successWhen, errors, headers, pagination, config, streams }: UsesInput) {
  const values = streams.flatMap(({ shape }) => Object.values(shape.values)).filter(value => typeof value === 'string');
  const texts = {
    headers: Object.values(headers),
    params: streams.flatMap(({ params }) => textsIn(params)),
    urls: [baseUrl, ...streams.flatMap(stream => stream.baseUrl ?? [])],
    ofStreams: streams.flatMap(stream => Object.values(stream.headers)),
    body: streams.flatMap(({ body }) => textsIn(body)),
  };
  const optional = optionalKeys(config);
  const hasPlaceholder = (given: readonly string[]) => placeholdersIn(given).length > 0;
  const hasOptional = (given: readonly string[]) => placeholdersIn(given).some(({ name }) => optional.includes(name));
  const paginations = [pagination, ...streams.flatMap(stream => stream.pagination ?? [])];
  return {
    parents: streams.some(stream => hasParents(stream) || stream.listed !== undefined),
    forEach: streams.some(({ forEach }) => forEach !== undefined),
    listed: streams.some(({ listed }) => listed !== undefined),
    listedColumns: streams.some(({ listed }) => listed?.columns !== undefined),
    body: streams.some(({ body }) => body !== undefined),
    bodyParams: streams.some(({ bodyParams }) => bodyParams.length > 0),
    graphql: streams.some(({ graphql }) => graphql !== undefined),
    errors: [errors, ...streams.map(stream => stream.errors)].some(rules => rules.length > 0),
    emptyStatuses: streams.some(({ emptyStatuses }) => emptyStatuses.length > 0),
    successWhen: Object.keys(successWhen).length > 0,
    steps: [
      ...Object.keys(successWhen),
      ...paginations.flatMap(({ paths }) => paths),
      ...streams.flatMap(({ fromResponse, shape }) => [
        ...Object.values(fromResponse),
        ...Object.values(shape.columns),
      ]),
      ...streams.flatMap(({ columnsPath }) => (columnsPath === undefined ? [] : namePaths(columnsPath))),
      ...streams.flatMap(({ keeps, isDeleted }) => [keeps ?? [], isDeleted ?? []].flat().flatMap(conditionPaths)),
    ].some(hasSteps),
    texts: needsTexts(streams),
    streamHeaders: streams.some(({ headers }) => Object.keys(headers).length > 0),
    forms: streams.some(({ form }) => form),
    clock: needsClock([...streams.map(({ path }) => path), ...Object.values(texts).flat(), ...values]),
    files: paginations.some(readsFiles),
    followsAddresses: paginations.some(({ followsAddresses }) => followsAddresses),
    placeholders: {
      baseUrl: hasPlaceholder(texts.urls),
      paths: hasPlaceholder(streams.map(({ path }) => path)),
      headers: hasPlaceholder(texts.headers),
      streamHeaders: hasPlaceholder(texts.ofStreams),
      params: hasPlaceholder(texts.params),
      body: hasPlaceholder(texts.body),
      optional: {
        headers: hasOptional(texts.headers),
        params: hasOptional(texts.params),
        body: hasOptional(texts.body),
      },
    },
  };
}

/** True for a stream of which a path, a body or a query has the bookmark, and so can't do without. */
function needsStart({ baseUrl = '', path, body, params }: ApiStreamModel): boolean {
  const texts = [baseUrl, path, ...textsIn(body), ...textsIn(params).filter(isQuery)];
  return placeholdersIn(texts).some(({ name }) => name === 'since');
}

/** True for such a stream that has a start, as those with moments have. */
export function isBegun(stream: ApiStreamModel): boolean {
  return !stream.counter && needsStart(stream);
}

/** True for a stream that is asked for by the records of its parent that have changed. */
export function hasChangedParent({ parents }: ApiStreamModel): boolean {
  return parents.some(({ incremental }) => incremental);
}

/** True for a stream that is asked for by what others have, or by a list. */
function hasParents({ parents, forEach }: ApiStreamModel): boolean {
  return parents.length > 0 || forEach !== undefined;
}

function recordUses(streams: readonly ApiStreamModel[]) {
  const someHas = (part: (stream: ApiStreamModel) => object) =>
    streams.some(stream => Object.keys(part(stream)).length > 0);
  return {
    walk: streams.some(({ recordsPath }) => hasSteps(recordsPath)),
    recordsIn: streams.some(({ recordsIn }) => recordsIn !== 'list'),
    maps: streams.some(({ recordsIn }) => recordsIn === 'map'),
    objects: streams.some(({ recordsIn }) => recordsIn === 'object'),
    omitsEmpty: streams.some(({ omitsEmpty }) => omitsEmpty),
    keys: streams.some(({ keyProperties }) => keyProperties.length > 0),
    keyless: streams.some(({ keyProperties }) => keyProperties.length === 0),
    mapKey: streams.some(({ mapKey }) => mapKey !== undefined),
    mapValues: streams.some(({ mapValue }) => mapValue !== undefined),
    columnLists: streams.some(({ recordsIn }) => recordsIn === 'columns'),
    recordFilter: someHas(({ recordFilter }) => recordFilter),
    fromResponse: someHas(({ fromResponse }) => fromResponse),
    conversions: someHas(({ conversions }) => conversions),
    ...typedColumns(streams.flatMap(({ schema, listed }) => [schema, listed ? foundSchema(listed) : []].flat())),
    textColumns: someHas(({ textColumns }) => textColumns),
  };
}
