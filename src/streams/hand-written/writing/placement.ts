import { posix } from 'node:path';
import { streamNames } from '../../../connector/stream-names.ts';
import type { ConnectorFiles } from '../../../python/analysis/files.ts';
import { importsOf } from '../../../python/analysis/names.ts';
import type { Registry } from '../../../python/analysis/registry.ts';
import type { Conventions } from '../conventions/conventions.ts';

/** Where the class of the new stream stands, and how the registry gets at it. */
export interface Placement {
  /** The file of the class, relative to the connector's folder. */
  readonly file: string;
  readonly hasOwnModule: boolean;
  /** In a file of several streams, the class that it is put behind. */
  readonly behind: string;
  /** The module that the registry imports it from; undefined where both are in one file. */
  readonly module: string | undefined;
}

/** Places the class as those of the other streams are placed: a module each, or a file of several. */
export function placementFor(
  files: ConnectorFiles,
  registry: Registry,
  conventions: Conventions,
  stream: string,
): Placement {
  const { model, base } = conventions;
  const neighbours = registry.streams.filter(({ file }) => file === model.file);
  const before = neighbours.filter(({ definition }) => isBefore(registry, model.file, definition.to));
  const [last] = before.sort((a, b) => b.definition.from - a.definition.from);
  const behind = (last ?? model).definition.name;
  const imported = importsOf(files, registry.file).find(({ names }) => names.includes(model.definition.name))?.module;
  const hasOwnModule = neighbours.length === 1 && model.file !== registry.file && base.file !== model.file;
  if (!hasOwnModule) return { file: model.file, hasOwnModule, behind, module: imported };
  const { moduleName } = streamNames(stream);
  return {
    file: posix.join(posix.dirname(model.file), `${moduleName}.py`),
    hasOwnModule,
    behind,
    module: imported?.replace(/[^.]*$/, moduleName),
  };
}

/** A class must stand above the statement that registers it. */
function isBefore({ file, steps }: Registry, other: string, end: number): boolean {
  return file !== other || end <= (steps.at(-1)?.from ?? 0);
}
