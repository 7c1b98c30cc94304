import type { FileEntry } from '../../changes/plan.ts';
import { compose } from '../../python/compose/compose.ts';
import { clientFile } from './client-file.ts';
import type { ApiModel } from './model.ts';
import { registryFile } from './registry-file.ts';
import { sourceComposition } from './source-file.ts';
import { baseFile, streamFiles } from './stream-files.ts';

/** The files of an API connector, relative to its folder. */
export function apiFiles(model: ApiModel): FileEntry[] {
  const source = sourceComposition(model);
  return [
    { path: '__init__.py', content: { python: source } },
    clientFile(model),
    registryFile(model),
    baseFile(model, compose(source).references),
    ...model.streams.flatMap(stream => streamFiles(stream, model)),
  ];
}
