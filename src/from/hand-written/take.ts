import type { RawAnswers } from '../../answers/raw-answers.ts';
import { isMapping } from '../../base/mapping.ts';
import { pathOf, stepNames } from '../../base/paths.ts';
import type { Analysis } from '../../python/analysis/analysis.ts';
import { entityOf, roleOf } from '../../streams/hand-written/conventions/roles.ts';
import type { DescribedApi, DescribedStream, Loss } from '../described.ts';
import type { GradedStream } from '../graded.ts';
import { columnsOf } from '../to-answers.ts';
import { type PathBelow, pathBelow, type RequestBase, streamAt } from './bases.ts';

/** The connector that a stream goes into. */
export interface HandWritten {
  readonly found: Analysis;
  readonly bases: readonly RequestBase[];
}

/** What of a described stream goes into a hand-written connector; no answers where it can't be one of its streams. */
export interface Taken extends GradedStream {
  readonly answers: RawAnswers | undefined;
  /** True where nothing in the connector's code tells what its paths count from. */
  readonly isUnplaced: boolean;
}

const BY_HAND = 'its class, by hand';
const WHOLE = 'get_records of its class, by hand';

/** What says itself in the connector's code, or is told apart. */
const TOLD = new Set([
  ...['path', 'base_url', 'method', 'parent', 'parents', 'pagination', 'records_path', 'records_in'],
  ...['key_properties', 'replication_key', 'bookmark_param', 'bookmark_format', 'text_columns', 'value_format'],
]);
/** What the connector's own query says in its way. */
const OF_QUERIES = new Set(['graphql', 'variables', 'body', 'params_in']);

/** Takes what the classes of the connector have a place for; the rest is told, and never dropped in silence. */
export function taken(stream: DescribedStream, api: DescribedApi, connector: HandWritten): Taken {
  const { name, answers } = stream;
  const byQueries = isAskedByQueries(connector);
  const asked = byQueries ? queryPlace(stream) : pathPlace(stream, api, connector);
  const inner = innerSchema(stream, connector);
  const columns = (inner ?? stream.schema) ? columnsOf(inner ?? (stream.schema as Schema)) : undefined;
  const obstacles = [
    ...asked.obstacles,
    ...recordsObstacles(stream),
    ...(columns ? [] : [{ what: 'its columns are not known', instead: 'stream --sample' }]),
  ];
  if (!columns || obstacles.length > 0)
    return { name, grade: 'none', losses: [...ownLosses(stream), ...obstacles], answers: undefined, isUnplaced: false };
  const { properties, textColumns } = columns;
  const isColumn = (column: string) => Object.hasOwn(properties, column);
  const key = (answers.key_properties?.value ?? (inner ? ['id'] : [])).filter(isColumn);
  const bookmark = answers.replication_key?.value;
  const replication_key = bookmark !== undefined && isColumn(bookmark) ? bookmark : undefined;
  const losses = [
    ...ownLosses(stream),
    ...pagesLosses(stream, api, connector),
    ...(byQueries ? [] : filterLosses(stream, connector)),
    ...(bookmark !== replication_key
      ? [{ what: `its bookmark ${bookmark} is no column of its own`, instead: BY_HAND }]
      : []),
    ...(textColumns.length > 0
      ? [{ what: `${textColumns.join(', ')}: values of several types, which become text`, instead: BY_HAND }]
      : []),
    ...Object.entries(answers)
      .filter(([answer, understood]) => understood && !TOLD.has(answer) && !(byQueries && OF_QUERIES.has(answer)))
      .map(([answer, understood]) => ({
        what: `${described(answer, understood?.value)}: the connector's classes have no place for it`,
        instead: BY_HAND,
      })),
  ];
  return {
    name,
    grade: losses.length > 0 ? 'loss' : 'full',
    losses,
    isUnplaced: asked.isUnplaced,
    answers: {
      name,
      path: asked.path,
      ...(answers.records_path?.value && { records_path: answers.records_path.value }),
      ...(key.length > 0 && { key_properties: key }),
      ...(replication_key !== undefined && { replication_key }),
      schema: { properties },
    },
  };
}

/** What its reader couldn't take over, but of pages, which go on as the connector's do: there are no answers to give later. */
function ownLosses({ losses }: DescribedStream): Loss[] {
  const isAnswer = (instead: string) => instead.startsWith('the answer');
  return losses
    .filter(({ instead }) => instead !== 'the answer pagination')
    .map(({ what, instead }) => ({ what, instead: isAnswer(instead) ? BY_HAND : instead }));
}

/** An answer, with the names that it has where it is a mapping. */
function described(answer: string, value: unknown): string {
  return isMapping(value) ? `${answer} (${Object.keys(value).join(', ')})` : answer;
}

/** The stream that is there already: by its name, or by what it asks for. */
export function standingAs({ name, answers }: DescribedStream, api: DescribedApi, { found, bases }: HandWritten) {
  const { base_url, path, params, body } = answers;
  const base = base_url?.value ?? api.answers.base_url?.value ?? '';
  const same = found.registry?.streams.find(stream => stream.name === name);
  if (same || params || body) return same;
  return streamAt(found, pathBelow(bases, base, path.value), base, path.value);
}

interface Place {
  readonly path: string;
  readonly obstacles: readonly Loss[];
  readonly isUnplaced: boolean;
}

/** True for a connector whose streams are queries of GraphQL. */
function isAskedByQueries({ found }: HandWritten): boolean {
  const methods = found.registry?.streams.flatMap(({ definition }) => definition.methods) ?? [];
  return methods.some(({ name, isProperty, text }) => name === 'query' && isProperty && /\bquery\b[^"']*\{/.test(text));
}

function isQuery({ answers }: DescribedStream): boolean {
  return answers.graphql !== undefined || typeof answers.body?.value.query === 'string';
}

/** Such a connector's streams are asked for by the names of fields, which lead to the records in the response as well. */
function queryPlace(stream: DescribedStream): Place {
  const [data, ...fields] = stepNames(pathOf(stream.answers.records_path?.value ?? '')) ?? [];
  const isField = isQuery(stream) && data === 'data' && fields.length > 0;
  const what = "the connector's streams are asked for by queries of GraphQL";
  return {
    path: `/${fields.join('/')}`,
    obstacles: isField ? [] : [{ what, instead: WHOLE }],
    isUnplaced: false,
  };
}

function pathPlace(stream: DescribedStream, api: DescribedApi, { bases }: HandWritten): Place {
  const { base_url, path, method, parent, parents } = stream.answers;
  const own = parents?.value ?? (parent ? [parent.value] : []);
  const below: PathBelow = pathBelow(bases, base_url?.value ?? api.answers.base_url?.value ?? '', path.value);
  const needed = /\{(\w+)/.exec(path.value)?.[1];
  const obstacles = [
    ...(own.length > 0
      ? [
          {
            what: `it is asked for by the records of ${own.map(({ stream: name }) => name).join(' and ')}`,
            instead: WHOLE,
          },
        ]
      : needed !== undefined
        ? [{ what: `its path needs a value for {${needed}}`, instead: WHOLE }]
        : []),
    ...(isQuery(stream)
      ? [{ what: 'it is asked for by a query of GraphQL', instead: WHOLE }]
      : method?.value === 'POST'
        ? [{ what: 'it is asked for by POST', instead: WHOLE }]
        : []),
    ...('not' in below
      ? [{ what: `its path ${below.not} is not below what the connector's requests begin with`, instead: WHOLE }]
      : []),
  ];
  return { path: 'path' in below ? below.path : path.value, obstacles, isUnplaced: 'unknown' in below };
}

function recordsObstacles({ answers: { records_path, records_in } }: DescribedStream): Loss[] {
  const path = records_path?.value ?? '';
  return [
    ...(stepNames(pathOf(path)) === undefined
      ? [{ what: `its records are at ${path}, which is more than keys`, instead: WHOLE }]
      : []),
    ...(records_in !== undefined && records_in.value !== 'list'
      ? [{ what: `its records are no list (${records_in.value})`, instead: WHOLE }]
      : []),
  ];
}

/** True for a text that the connector's code has as a string. */
function isInCode(name: string, { found }: HandWritten): boolean {
  const pattern = new RegExp(`['"]${name.replaceAll(/[^\w]/g, '\\$&')}['"]`);
  return [...found.files.python.values()].some(text => pattern.test(text));
}

/** Pages are followed as the base class does it: where its code has none of their names, it can't. */
function pagesLosses({ answers }: DescribedStream, api: DescribedApi, connector: HandWritten): Loss[] {
  const { type, ...rest } = answers.pagination?.value ?? api.answers.pagination?.value ?? { type: 'none' };
  if (type === 'none') return [];
  const names = Object.entries(rest).flatMap(([answer, value]) =>
    /_(?:param|path)$/.test(answer) && typeof value === 'string' ? [value.split('.').at(-1) ?? value] : [],
  );
  const known = type === 'link_header' ? ['link', 'Link', 'links', 'next'] : names;
  if (known.some(name => isInCode(name, connector))) return [];
  const how = [String(type).replaceAll('_', ' '), ...names].join(', ');
  return [{ what: `its pages go on by ${how}, of which the connector's code has nothing`, instead: BY_HAND }];
}

function filterLosses({ answers }: DescribedStream, connector: HandWritten): Loss[] {
  const filter = answers.bookmark_param?.value;
  if (filter === undefined || isInCode(filter, connector)) return [];
  return [{ what: `its filter ${filter} is not sent: the connector's code has nothing of it`, instead: BY_HAND }];
}

type Schema = NonNullable<DescribedStream['schema']>;

/** The schema of the record itself, where the connector's streams take each out of an object that has it by its entity's name. */
function innerSchema({ name, schema }: DescribedStream, { found }: HandWritten): Schema | undefined {
  const streams = found.registry?.streams ?? [];
  const hasEntities = streams.some(({ definition }) =>
    definition.attributes.some(attribute => roleOf(attribute.name) === 'entity'),
  );
  const properties = schema?.value.properties;
  const entity = entityOf(name);
  const inner = isMapping(properties) && Object.hasOwn(properties, entity) ? properties[entity] : undefined;
  const isRecord = hasEntities && isMapping(inner) && isMapping(inner.properties);
  return schema && isRecord ? { ...schema, value: inner } : undefined;
}
