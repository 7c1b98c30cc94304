import { omit } from 'lodash-es';
import { reportHeader } from '../../base/headers.ts';
import { isFault, parsePath } from '../../base/paths.ts';
import { isPlace } from '../../base/text-names.ts';
import type { ConnectorBase, Report } from '../../connector/kind.ts';
import type { DeclaredStream } from '../../connector/model.ts';
import type { ApiAnswers } from './answers.ts';
import { type AuthModel, resolveAuth } from './auth/auth.ts';
import { reportAuth } from './auth/report.ts';
import { configTypes, configValues, reportConfigKeys } from './config-keys.ts';
import { reportConfiguredSizes, withConfiguredNumbers } from './configured-numbers.ts';
import { reportAllErrors } from './errors/report.ts';
import { formatOf, reportFormat } from './formats/answers.ts';
import { reportArchives, withArchives } from './formats/archived.ts';
import { reportDecimals } from './formats/decimal-keys.ts';
import { exactCasts, isExact } from './formats/decimals.ts';
import { reportOwnFormats } from './formats/own-checks.ts';
import { readingsOf } from './formats/readings.ts';
import type { ApiModel, ApiStreamModel } from './model.ts';
import { reportOptionalKeys } from './optional-keys.ts';
import { reportPagination, resolvePagination } from './pagination/answers.ts';
import { reportFirstPageParams } from './pagination/first-page.ts';
import { reportJobs } from './pagination/job/streams.ts';
import type { Pagination } from './pagination/pagination.ts';
import { reportBodylessPages, reportSharedParams, reportUnseenPages } from './pagination/unseen-pages.ts';
import { linkParents, parentNames } from './parents.ts';
import { redirectGuard } from './redirect-guard.ts';
import { reportSamples } from './sample-paths.ts';
import { reportUntypedConditions } from './shape/conditions.ts';
import type { ApiStreamAnswers } from './stream-answers.ts';
import { reportConnectorTexts } from './texts/connector-checks.ts';
import { withMomentTexts } from './texts/moments.ts';
import { reportFirstPageTexts, withPagingTexts } from './texts/paging.ts';
import { needsTexts } from './texts/uses.ts';
import { usesOf } from './uses.ts';

/** The model of an API connector. */
export function resolveApi(
  answers: ApiAnswers,
  base: ConnectorBase,
  streams: readonly DeclaredStream[],
  report: Report,
): ApiModel {
  const inherited = resolvePagination(answers.pagination);
  const { pagination, streams: requests } = withArchives(
    requestsOf(answers, streams as readonly ApiStreamModel[], inherited, report),
    inherited,
  );
  const { shared: reading, declared } = withReadings(requests, answers, pagination);
  const auth = resolveAuth(answers.auth, answers.streams);
  const models = linkParents(declared, report).map((stream, index) => ({
    ...stream,
    auth: auth.own.find(own => own.streams.includes(index))?.name,
    bodyParams: bodyParams(stream, pagination),
    conversions: stream.reading.format.typed ? {} : conversions(stream),
    casts: isExact(answers) ? exactCasts(stream.casts) : stream.casts,
  }));
  reportConnector(answers, auth, models, report);
  reportOptionalKeys(answers, auth, base.config, report);
  reportSamples(models, pagination, report);
  reportUnseenPages(models, pagination, report);
  reportJobs(models, pagination, report);
  reportArchives(answers.streams, models, pagination, report);
  if (answers.configured_end && models.every(({ bookmarkEndParam }) => bookmarkEndParam === undefined))
    report(['configured_end'], 'has no use where no stream has a bookmark_end_param, or {until} in a text');
  reportSharedParams(models, pagination, report);
  reportBodylessPages(models, pagination, report);
  reportFirstPageParams(models, pagination, report);
  reportDecimals(answers, models, report);
  reportUntypedConditions(models, report);
  reportOwnFormats(answers, models, reading, report);
  const baseUrl = answers.base_url.replace(/\/+$/, '');
  const successWhen = answers.success_when ?? {};
  const errors = answers.errors ?? [];
  return {
    ...base,
    kind: 'api',
    successWhen,
    pythonPackages: packagesOf(auth),
    baseUrl,
    auth,
    configTypes: configTypes(answers),
    configValues: configValues(answers),
    startDaysAgo: answers.start_days_ago,
    configuredEnd: answers.configured_end === true,
    clientCertificate: answers.client_certificate === true,
    redirectGuard: redirectGuard({
      schemes: auth.all,
      headers: answers.headers ?? {},
      streams: models,
      config: base.config,
    }),
    headers: { Accept: reading.accept, ...answers.headers },
    reading,
    exactDecimals: isExact(answers),
    rateLimit: answers.rate_limit,
    maxWait: answers.max_wait_seconds ?? 3600,
    errors,
    pagination,
    streams: models,
    uses: usesOf({
      baseUrl,
      successWhen,
      errors,
      headers: answers.headers ?? {},
      pagination,
      config: base.config,
      reading,
      streams: models,
    }),
  };
}

/** The streams with what their texts have in place of parameters. */
function requestsOf(
  answers: ApiAnswers,
  streams: readonly ApiStreamModel[],
  inherited: Pagination,
  report: Report,
): readonly ApiStreamModel[] {
  reportConfigKeys(answers, report);
  reportConfiguredSizes(answers, report);
  reportConnectorTexts(answers, report);
  const types = configTypes(answers);
  const numbered = streams.map((stream, index) =>
    withConfiguredNumbers(stream, answers.streams[index] as ApiStreamAnswers, answers, report),
  );
  const paged = numbered.map((stream, index) =>
    withPagingTexts(
      {
        ...withOwnPagination(stream, inherited),
        types: omit(types, parentNames(answers.streams[index] as ApiStreamAnswers)),
      },
      answers.streams[index] as ApiStreamAnswers,
      answers.pagination,
      (message, hint) => report(['streams'], `${stream.name} ${message}`, hint),
    ),
  );
  if (!needsTexts(paged)) return paged;
  const filled = paged.map(withMomentTexts);
  reportFirstPageTexts(filled, inherited, (message, hint) => report(['streams'], message, hint));
  return filled;
}

/** One record has no pages, unless the stream itself says so; one in each part of a response is a list like any other. */
function withOwnPagination(stream: ApiStreamModel, inherited: Pagination): ApiStreamModel {
  const isOne = stream.recordsIn === 'object' && !leadsToSeveral(stream.recordsPath);
  if (!isOne || stream.pagination || !inherited.hasPages) return stream;
  return { ...stream, pagination: resolvePagination({ type: 'none' }) };
}

/** The streams with how their responses are written. */
function withReadings(streams: readonly ApiStreamModel[], answers: ApiAnswers, inherited: Pagination) {
  const makesJobs = ({ type }: Pagination) => type === 'job';
  const hasArchives = streams.some(({ archive }) => archive !== undefined);
  const { shared, ofStreams } = readingsOf(
    { answers, makesJobs: makesJobs(inherited), hasArchives },
    streams.map(({ pagination = inherited }, index) => ({
      answers: answers.streams[index] as ApiStreamAnswers,
      makesJobs: makesJobs(pagination),
      hasArchives,
    })),
  );
  return { shared, declared: streams.map((stream, index) => ({ ...stream, reading: ofStreams[index] ?? shared })) };
}

function leadsToSeveral(path: string): boolean {
  const steps = parsePath(path);
  return !isFault(steps) && steps.some(step => 'every' in step);
}

/** The names of the parameters that a stream has in its body: all of them, or those of a cursor. */
function bodyParams(stream: ApiStreamModel, inherited: Pagination): string[] {
  const { params, pageSize, paramsIn } = stream.pagination ?? inherited;
  if (stream.method !== 'POST') return [];
  // What stands in a text is no parameter of its own.
  const paging = [...params, ...Object.keys(pageSize)].filter(name => !isPlace(name));
  const others = [...Object.keys(stream.params), stream.bookmarkParam, stream.bookmarkEndParam].filter(
    (name): name is string => name !== undefined && !isPlace(name),
  );
  return [...(stream.paramsIn === 'body' ? others : []), ...((paramsIn ?? stream.paramsIn) === 'body' ? paging : [])];
}

/** The columns that have to be made of text, and the Python that does it; a moment without text is none. What the answers say has its type. */
function conversions({ schema, replicationKey, deletedColumn, shape }: ApiStreamModel): Record<string, string> {
  const functions: Readonly<Record<string, string>> = { integer: 'int', number: 'float', boolean: 'to_bool' };
  return Object.fromEntries(
    Object.entries(schema.properties).flatMap(([column, { type, ...rest }]) => {
      const isMoment = 'format' in rest || column === replicationKey;
      const convert = functions[type[1] as string] ?? (isMoment ? 'str' : undefined);
      const isText = column !== deletedColumn && typeof shape.values[column] !== 'boolean';
      return convert === undefined || !isText ? [] : [[column, convert]];
    }),
  );
}

/** Each package once; where one scheme needs an extra of a package, that covers the package itself. */
function packagesOf({ all }: AuthModel): string[] {
  const packages = new Set(all.flatMap(scheme => scheme.packages));
  return [...packages].filter(name => ![...packages].some(other => other.startsWith(`${name}[`)));
}

function reportConnector(
  answers: ApiAnswers,
  auth: AuthModel,
  streams: readonly ApiStreamModel[],
  report: Report,
): void {
  for (const [name, value] of Object.entries(answers.headers ?? {}))
    reportHeader(name, value, (...rest) => report(['headers', name], ...rest));
  reportPagination(answers.pagination, (key, ...rest) => report(['pagination', key], ...rest));
  const format = formatOf(answers.response_format);
  const formats = streams.map(({ reading }) => reading.format);
  reportFormat(answers, [format, ...formats], report);
  reportAllErrors(
    answers,
    formats.map(({ name }) => name === 'json'),
    report,
  );
  if (format.name !== 'json' && streams.some(({ graphql }) => graphql !== undefined))
    report(['response_format'], 'has no place in a connector with GraphQL, which answers in JSON');
  if (answers.encoding !== undefined && streams.some(({ graphql }) => graphql !== undefined))
    report(['encoding'], 'has no place in a connector with GraphQL, which answers in UTF-8');
  reportAuth(auth, streams, report);
}
