import { join } from 'node:path';
import type { FileEntry } from '../common/plan.ts';
import { addImport } from '../common/python/import-edit.ts';
import { formatText } from '../common/python/literal.ts';
import { addRegistryEntry } from '../common/python/registry-edit.ts';
import type { ApiModel, ApiStreamModel, BookmarkFormat } from './model.ts';

/** How a moment is written for the API, as expressions of Python's datetime `moment`. */
const FORMATS: Readonly<Record<BookmarkFormat, (moment: string) => string>> = {
  iso8601: moment => `${moment}.strftime('%Y-%m-%dT%H:%M:%SZ')`,
  date: moment => `${moment}.strftime('%Y-%m-%d')`,
  epoch_seconds: moment => `int(${moment}.timestamp())`,
  epoch_milliseconds: moment => `int(${moment}.timestamp() * 1000)`,
};

/** The files of an API connector, relative to its folder. */
export function apiFiles(model: ApiModel, templates: string): FileEntry[] {
  const shared = { ...model, manyFormats: model.uses.bookmarkFormats.length > 1 };
  const file = (path: string, data: object = {}): FileEntry => ({
    path,
    content: { template: join(templates, `${path}.ejs`), data: { ...shared, ...data } },
  });
  return [
    file('__init__.py'),
    file('client.py', clientData(model)),
    { ...file('streams/__init__.py'), merge: content => register(content, model) },
    file('streams/base.py', {
      formats: expressions(FORMATS, 'parse(since)'),
      formatExpressions: expressions(FORMATS, 'moment'),
    }),
    ...model.streams.flatMap(stream => streamFiles(stream, shared, templates)),
  ];
}

function streamFiles(stream: ApiStreamModel, shared: ApiModel, templates: string): FileEntry[] {
  const { schema, ...constants } = stream;
  const params = shared.uses.placeholders.params
    ? Object.fromEntries(Object.entries(stream.params).map(([name, value]) => [name, formatText(value)]))
    : stream.params;
  return [
    {
      path: `streams/${stream.moduleName}.py`,
      content: {
        template: join(templates, 'streams/stream.py.ejs'),
        data: { ...shared, ...constants, params, pagination: stream.pagination },
      },
    },
    { path: `schemas/${stream.name}.json`, content: { json: schema } },
  ];
}

function clientData({ config }: ApiModel): object {
  const withDefault = config.filter(key => key.default !== undefined && key.default !== '');
  return {
    requiredKeys: config.filter(({ required }) => required).map(({ name }) => name),
    defaults: Object.fromEntries(withDefault.map(key => [key.name, key.default])),
  };
}

function expressions(formats: typeof FORMATS, moment: string): Record<string, string> {
  return Object.fromEntries(Object.entries(formats).map(([name, expression]) => [name, expression(moment)]));
}

/** Adds the streams that a registry lacks, and keeps everything else in it. */
function register(content: string, { importRoot, streams }: ApiModel): string {
  const file = 'streams/__init__.py';
  return streams.reduce((text, { className, moduleName }) => {
    const imported = addImport(text, `from ${importRoot}.streams.${moduleName} import ${className}`, file);
    return addRegistryEntry(imported, { file, registry: 'STREAMS', entry: `${className}.TABLE: ${className}` });
  }, content);
}
