import { UserError } from '../../base/problems.ts';
import type { FileEntry } from '../../changes/plan.ts';
import { addImport } from '../../python/edit/import-edit.ts';
import { addRegistryEntry } from '../../python/edit/registry-edit.ts';
import { formatTexts, pythonLiteral } from '../../python/literal.ts';
import { clientFile } from './client-file.ts';
import type { ApiModel, ApiStreamModel, BookmarkFormat } from './model.ts';
import { importsOf } from './uses.ts';

/** How a moment is written for the API: Python's expression of it, from one of a datetime in UTC. */
export function momentExpression(format: BookmarkFormat, moment: string): string {
  if (format === 'epoch_seconds') return `int(${moment}.timestamp())`;
  if (format === 'epoch_milliseconds') return `int(${moment}.timestamp() * 1000)`;
  const named: Readonly<Record<string, string>> = { iso8601: '%Y-%m-%dT%H:%M:%SZ', date: '%Y-%m-%d' };
  return `${moment}.strftime(${pythonLiteral(named[format] ?? format)})`;
}

/** The files of an API connector, relative to its folder. */
export function apiFiles(model: ApiModel): FileEntry[] {
  const shared = { ...model, manyFormats: model.uses.bookmarkFormats.length > 1 };
  const file = (path: string, data: object = {}): FileEntry => ({
    path,
    content: { template: `kinds/api/templates/${path}.ejs`, data: { ...shared, ...data } },
  });
  return [
    file('__init__.py', { bookmark: bookmarkWriter(model) }),
    clientFile(model),
    { ...file('streams/__init__.py'), merge: (content, previous) => register(content, model, previous) },
    file('streams/base.py', {
      expression: momentExpression,
      moment: momentWriter(model),
      bookmark: bookmarkWriter(model),
    }),
    ...model.streams.flatMap(stream => streamFiles(stream, shared)),
  ];
}

function streamFiles(stream: ApiStreamModel, shared: ApiModel): FileEntry[] {
  const { schema, graphql, ...constants } = stream;
  const { placeholders } = shared.uses;
  const texts = {
    params: placeholders.params ? formatTexts(stream.params) : stream.params,
    body: placeholders.body ? formatTexts(stream.body) : stream.body,
  };
  const imports = [
    ...importsOf(stream.pagination),
    ...(graphql === undefined ? [] : ['read_query']),
    ...(Object.values(stream.conversions).includes('to_bool') ? ['to_bool'] : []),
  ];
  return [
    {
      path: `streams/${stream.moduleName}.py`,
      content: {
        template: 'kinds/api/templates/streams/stream.py.ejs',
        data: { ...shared, ...constants, ...texts, graphql, imports, pagination: stream.pagination },
      },
    },
    ...(graphql === undefined
      ? []
      : [{ path: `queries/${stream.name}.graphql`, content: { text: `${graphql.trim()}\n` } }]),
    { path: `schemas/${stream.name}.json`, content: { json: schema } },
  ];
}

/** Where the streams have several formats, each names its own. */
function momentWriter({ uses: { bookmarkFormats } }: ApiModel): (moment: string) => string {
  const [format = 'iso8601'] = bookmarkFormats;
  return moment =>
    bookmarkFormats.length > 1 ? `FORMATS[self.BOOKMARK_FORMAT](${moment})` : momentExpression(format, moment);
}

/** How a value becomes a bookmark: where moments and counters are in one connector, each stream knows. */
function bookmarkWriter({ uses: { counters, moments } }: ApiModel): (value: string, stream?: string) => string {
  return (value, stream = 'self') => {
    if (counters && moments) return `${stream}.to_bookmark(${value})`;
    return counters ? `int(${value})` : `to_bookmark(${value})`;
  };
}

/** Adds the streams that `previous` did not have to a registry, and keeps everything else in it. */
function register(content: string, { importRoot, streams, folder }: ApiModel, previous: string): string {
  const file = `${folder}/streams/__init__.py`;
  return streams
    .map(({ className, moduleName }) => ({ moduleName, className, entry: `${className}.TABLE: ${className}` }))
    .filter(({ entry }) => !previous.includes(`    ${entry},`))
    .reduce((text, { className, moduleName, entry }) => {
      const statement = `from ${importRoot}.streams.${moduleName} import ${className}`;
      try {
        return addRegistryEntry(addImport(text, statement, file), { file, registry: 'STREAMS', entry });
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        const hint = `add by hand, at the top: ${statement} – and to STREAMS: ${entry},`;
        throw new UserError(
          error.problems.map(problem => ({ ...problem, hint })),
          { cause: error },
        );
      }
    }, content);
}
