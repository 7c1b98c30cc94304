import { join } from 'node:path';
import type { FileEntry } from '../common/plan.ts';
import { UserError } from '../common/problems.ts';
import type { FileModel } from './model.ts';
import { registerStreams, streamEntry } from './registry.ts';

const MODULE = '__init__.py';

/** The files of a file connector, relative to its folder. */
export function fileFiles(model: FileModel, templates: string): FileEntry[] {
  const module: FileEntry = {
    path: MODULE,
    content: { template: join(templates, `${MODULE}.ejs`), data: { ...model, ...moduleData(model) } },
    merge: content => addStreams(content, model),
  };
  return [
    module,
    ...model.streams.map(({ name, schema }) => ({ path: `schemas/${name}.json`, content: { json: schema } })),
  ];
}

function moduleData({ config, csv, format }: FileModel): object {
  const placeholders = config.filter(({ name }) => name !== 'base_path' && !(name in csv));
  const withDefault = placeholders.filter(key => key.default !== undefined);
  return {
    defaults: Object.fromEntries(withDefault.map(key => [key.name, key.default])),
    // What a file is read by, beside its path.
    settings: [...(format === 'jsonl' ? [] : ['stream']), ...Object.keys(csv)],
    entry: streamEntry,
  };
}

/** Adds streams to a module that the user has changed. Throws a UserError where the module lacks code that they call for. */
function addStreams(content: string, { folder, streams, uses }: FileModel): string {
  const file = `${folder}/${MODULE}`;
  const needs = [
    { used: uses.incremental, code: 'write_records', what: 'read incremental streams' },
    { used: uses.placeholders, code: 'format_map', what: 'put configuration keys into paths' },
    { used: uses.recordsPath, code: "'records_path'", what: 'look for the records in a file' },
    { used: uses.textColumns, code: 'to_text', what: 'write columns of several types' },
  ];
  const lacking = needs.filter(({ used, code }) => used && !content.includes(code));
  if (lacking.length === 0) return registerStreams(content, file, streams);
  throw new UserError(
    lacking.map(({ what }) => ({
      where: file,
      message: `was changed by hand and has no code to ${what}`,
      hint: 'put the generated file back, add the stream, and make the changes again',
    })),
  );
}
