import type { FileEntry } from '../../changes/plan.ts';
import type { FileModel } from './model.ts';
import { registerStreams, streamEntry } from './registry.ts';

const MODULE = '__init__.py';

/** The files of a file connector, relative to its folder. */
export function fileFiles(model: FileModel): FileEntry[] {
  const module: FileEntry = {
    path: MODULE,
    content: { template: `kinds/file/templates/${MODULE}.ejs`, data: { ...model, ...moduleData(model) } },
    merge: content => registerStreams(content, `${model.folder}/${MODULE}`, model.streams),
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
