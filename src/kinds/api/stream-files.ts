import type { FileEntry } from '../../changes/plan.ts';
import { compose } from '../../python/compose/compose.ts';
import type { Composition } from '../../python/compose/composition.ts';
import type { Constant, Subclass } from '../../python/compose/subclass.ts';
import { sharedFormats, templateText } from '../../python/request-texts.ts';
import { errorsValue } from './errors/rules.ts';
import type { ApiModel, ApiStreamModel } from './model.ts';
import { fixedSize } from './pagination/page-size.ts';
import type { Pagination } from './pagination/pagination.ts';
import { type PythonFeature, valuesOf } from './python-feature.ts';
import { conditionMembers, conditionMethods } from './shape/conditions.ts';
import { fillsUrls, queryReader, streamConstants } from './stream-constants.ts';
import { elementFeature, streamFeatures } from './stream-features.ts';
import { typedClasses } from './texts/uses.ts';

/** The class of a connector that streams derive from, and its module. */
const BASE = { module: 'kinds/api/python/stream.py', class: 'BaseStream' };
const BASE_MODULE = 'kinds.api.python.stream';

/** What users call or override in a stream, whatever a connector is made of; docs/architecture.md names them. */
const STABLE = ['TABLE', 'load_data', 'transform', 'get_records'];

/** The module of the class that all streams derive from; `uses` are the names that the source refers to. */
export function baseFile(model: ApiModel, uses: Iterable<string>): FileEntry {
  return { path: 'streams/base.py', content: { python: baseComposition(model, uses) } };
}

function baseComposition(model: ApiModel, uses: Iterable<string>): Composition {
  const { className, errors, importRoot, pagination, streams } = model;
  const features = streamFeatures(model);
  const own = streams.filter(stream => ownFeatures(stream, model).length > 0);
  const rules = errors.length > 0 && { ERRORS: errorsValue(errors) };
  const values = Object.entries({
    BASE_URL: baseUrl(model),
    PARAMS: fixedSize(pagination.pageSize),
    ...valuesOf(features),
    ...rules,
  });
  return {
    module: BASE.module,
    docstring: '',
    classes: [{ name: BASE.class, as: BASE.class, features }],
    rename: { ApiClient: `${className}Client` },
    modules: { 'kinds.api.python.client': `${importRoot}.client` },
    imports: {},
    values: Object.fromEntries(values.map(([name, value]) => [`${BASE.class}.${name}`, value])),
    roots: STABLE,
    uses: [
      ...uses,
      ...streams.flatMap(stream => importsOf(stream, model)),
      ...conditionMembers(streams),
      ...own.flatMap(stream => referencesOf(stream, model)),
    ],
  };
}

/** What the module of a stream refers to, but the classes that its members were taken from, which no module has. */
function referencesOf(stream: ApiStreamModel, model: ApiModel): string[] {
  return [...compose(streamClass(stream, model)).references].filter(name => !/^[A-Z][a-z]/.test(name));
}

function baseUrl({ baseUrl, uses, configTypes }: ApiModel): string {
  return fillsUrls(uses) ? templateText(baseUrl, sharedFormats(configTypes)) : baseUrl;
}

/** The files of one stream. */
export function streamFiles(stream: ApiStreamModel, model: ApiModel): FileEntry[] {
  const { name, moduleName, graphql, schema } = stream;
  return [
    { path: `streams/${moduleName}.py`, content: { python: streamClass(stream, model) } },
    ...(graphql === undefined ? [] : [{ path: `queries/${name}.graphql`, content: { text: `${graphql.trim()}\n` } }]),
    { path: `schemas/${name}.json`, content: { json: schema } },
  ];
}

function streamClass(stream: ApiStreamModel, model: ApiModel): Subclass {
  const { className, parents, listed } = stream;
  const base = `${model.importRoot}.streams.base`;
  const own = ownFeatures(stream, model);
  return {
    name: className,
    bases: own.length > 0 ? own : [BASE],
    constants: [...streamConstants(stream, model), ...paginationConstants(stream.pagination)],
    methods: conditionMethods(stream),
    docstring: '',
    rename: {},
    modules: { [BASE_MODULE]: base },
    imports: {
      [base]: importsOf(stream, model),
      ...Object.fromEntries(
        [...parents, ...(listed ? [listed.list] : [])].map(parent => [
          `${model.importRoot}.streams.${parent.moduleName}`,
          [parent.className],
        ]),
      ),
    },
    roots: own.length > 0 ? ownMethods(stream, model) : [],
    uses: [],
  };
}

/** What the constants of a stream take from the module of the base class. */
function importsOf(stream: ApiStreamModel, { uses }: ApiModel): string[] {
  const { graphql, conversions, casts, shape } = stream;
  return [
    ...(uses.texts ? typedClasses(stream) : []),
    ...(graphql === undefined ? [] : [queryReader(uses)]),
    ...(Object.values(conversions).includes('to_bool') ? ['to_bool'] : []),
    ...new Set([...Object.values(shape.convert), ...Object.values(casts)]),
  ];
}

/** The features of a stream's own format and pagination; none where these differ from the connector's by nothing but constants. */
function ownFeatures(stream: ApiStreamModel, model: ApiModel): readonly PythonFeature[] {
  const { pagination, reading } = stream;
  const classes = (each: Pagination) => each.stream.map(feature => feature.class).join();
  const pages = pagination === undefined || classes(pagination) === classes(model.pagination) ? [] : pagination.stream;
  return [...(reading.format.elements && !model.reading.format.elements ? [elementFeature(model.uses)] : []), ...pages];
}

/** Those of its own that a stream's features define, which the base class calls. */
function ownMethods(stream: ApiStreamModel, model: ApiModel): string[] {
  const own = ownFeatures(stream, model);
  const isElements = (feature: PythonFeature) => feature.class === elementFeature(model.uses).class;
  return [...(own.some(isElements) ? ['get_records'] : []), ...(own.every(isElements) ? [] : ['get_pages'])];
}

function paginationConstants(pagination: Pagination | undefined): Constant[] {
  const values = Object.entries(valuesOf(pagination?.stream ?? []));
  return values.map(([name, value]) => ({ name, value, comment: '' }));
}
