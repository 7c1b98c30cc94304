import { join } from 'node:path';
import { type Problem, UserError } from '../../base/problems.ts';
import { topLevel } from '../parse.ts';
import { type ConnectorFiles, MAIN_FILE, readConnectorFiles } from './files.ts';
import { findRegistries, type Registry } from './registry.ts';
import { readSource, type SourceClass } from './source.ts';

/** What the code of a connector says about its streams. */
export interface Analysis {
  readonly files: ConnectorFiles;
  readonly source: SourceClass;
  /** The folders that hold schemas, relative to the connector's. */
  readonly schemaFolders: readonly string[];
  /** The registry of its streams, if they are in one that decides what the source reads. */
  readonly registry: Registry | undefined;
}

/**
 * Reads a connector that this generator didn't make. Throws a UserError if a file doesn't parse, if the streams are
 * discovered at run time, or if there are two registries.
 */
export function analyze(folder: string): Analysis {
  return analyzeFiles(readConnectorFiles(folder));
}

/** The same of files that are not on disk yet. */
export function analyzeFiles(files: ConnectorFiles): Analysis {
  refuseUnparsable(files);
  const source = readSource(files.python.get(MAIN_FILE) ?? '');
  if (!source)
    throw new UserError({
      where: join(files.folder, MAIN_FILE),
      message: "has no class that extends Mage's Source, so this is no connector",
      hint: 'name the folder of the connector with --connector DIR',
    });
  refuseRunTime(files, source);
  const schemaFolders = [...new Set(files.schemas.map(path => /^(?:.*\/)?schemas(?=\/)/.exec(path)?.[0] ?? 'schemas'))];
  return { files, source, schemaFolders, registry: decidingRegistry(files, source) };
}

function refuseUnparsable({ python }: ConnectorFiles): void {
  const problems: Problem[] = [...python]
    .filter(([, text]) => topLevel(text) === undefined)
    .map(([path]) => ({
      where: path,
      message: 'this is not valid Python',
      hint: 'mend it first; nothing was changed',
    }));
  if (problems.length > 0) throw new UserError(problems);
}

/** Where no schemas are kept, the streams are what the source finds each time. */
function refuseRunTime({ schemas, uuid }: ConnectorFiles, { definition, isSql }: SourceClass): void {
  if (schemas.length > 0) return;
  const found = definition.methods.find(({ name }) => name === 'discover');
  const why = isSql
    ? `its source extends Mage's SQL source, so its streams are the tables of the database`
    : found
      ? `its source finds them itself, in ${definition.name}.discover of ${MAIN_FILE}`
      : 'there are none: it has no folder schemas';
  throw new UserError({
    where: uuid,
    message: `this connector keeps no schemas of streams: ${why}`,
    hint: isSql || found ? 'they are discovered each time, so there is nothing to add' : 'add its first stream by hand',
  });
}

/** A source with a discovery of its own reads what that says, whatever is in a registry. */
function decidingRegistry(files: ConnectorFiles, { definition }: SourceClass): Registry | undefined {
  if (definition.methods.some(({ name }) => name === 'discover')) return undefined;
  const found = findRegistries(files);
  const parts = found.flatMap(({ file, steps }) => steps.flatMap(step => step.spreads.map(name => `${file} ${name}`)));
  const [registry, ...more] = found.filter(({ file, name }) => !parts.includes(`${file} ${name}`));
  if (registry && more.length > 0)
    throw new UserError({
      where: files.uuid,
      message: `its streams are in ${[registry, ...more].map(({ name, file }) => `${name} of ${file}`).join(' and ')}`,
      hint: 'which of them the stream belongs to must be decided by hand; nothing was changed',
    });
  if (registry?.steps.slice(1).some(({ form }) => form === 'display' || form === 'call'))
    throw new UserError({
      where: registry.file,
      message: `${registry.name} is assigned more than once, so that it is not clear what is in it`,
      hint: 'leave one of the assignments; nothing was changed',
    });
  return registry;
}
