import type { FileEntry } from '../../changes/plan.ts';
import type { FileModel } from './model.ts';
import { registerStreams } from './registry.ts';
import { sourceModule } from './source.ts';

const MODULE = '__init__.py';

/** The files of a file connector, relative to its folder. */
export function fileFiles(model: FileModel): FileEntry[] {
  const module: FileEntry = {
    path: MODULE,
    content: { python: sourceModule(model) },
    merge: content => registerStreams(content, `${model.folder}/${MODULE}`, model.streams),
  };
  return [
    module,
    ...model.streams.map(({ name, schema }) => ({ path: `schemas/${name}.json`, content: { json: schema } })),
  ];
}
