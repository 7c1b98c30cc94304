import { posix } from 'node:path';
import { streamNames } from '../../../connector/stream-names.ts';
import { readClasses } from '../../../python/analysis/classes.ts';
import type { ConnectorFiles } from '../../../python/analysis/files.ts';
import type { RegisteredStream, Registry } from '../../../python/analysis/registry.ts';
import { readString } from '../../../python/strings.ts';
import { roleOf } from '../conventions/roles.ts';

/** Files of a stream that the registry hasn't: its schema, and its module with its class. */
export interface LeftBehind {
  readonly schema: string | undefined;
  readonly module: RegisteredStream | undefined;
}

/** Finds what an interrupted run has left of a stream; nothing where the registry has the stream. */
export function leftBehind(files: ConnectorFiles, { streams }: Registry, name: string): LeftBehind {
  if (streams.some(stream => stream.name === name)) return { schema: undefined, module: undefined };
  const said = streams
    .flatMap(({ definition }) => definition.attributes)
    .filter(attribute => roleOf(attribute.name) === 'schema')
    .map(({ value }) => readString(value));
  const schema = files.schemas.find(
    path => posix.basename(path) === `${name}.json` && !said.includes(path.slice('schemas/'.length, -'.json'.length)),
  );
  const folders = new Set(streams.map(({ file }) => posix.dirname(file)));
  const module = [...folders]
    .map(folder => posix.join(folder, `${streamNames(name).moduleName}.py`))
    .find(path => files.python.has(path) && !streams.some(({ file }) => file === path));
  const [definition, ...more] = readClasses(files.python.get(module ?? '') ?? '') ?? [];
  const isStream = definition !== undefined && more.length === 0 && module !== undefined;
  const entry = { key: '', name, value: definition?.name ?? '', from: 0 };
  return { schema, module: isStream ? { name, file: module, definition, entry } : undefined };
}
