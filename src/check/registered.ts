import { basename, dirname, posix } from 'node:path';
import { readClasses } from '../python/analysis/classes.ts';
import { type ConnectorFiles, fileOfModule } from '../python/analysis/files.ts';
import { importsOf } from '../python/analysis/names.ts';
import { type Entry, registrySteps } from '../python/edit/registry-read.ts';
import { boundName } from '../python/imports.ts';
import { readString } from '../python/strings.ts';
import { REGISTRY } from '../streams/take-out.ts';
import type { Finding } from './finding.ts';

/**
 * What the registry of a connector of ours lacks, or has too much, whatever its manifest says, as two runs at once may leave
 * it: Mage's discovery fails at a schema without an entry, and finds no stream without a schema. Paths are relative to the
 * connector's folder. A registry that can't be read as a dict of plain entries says nothing.
 */
export function registryFindings(files: ConnectorFiles): readonly Finding[] {
  const registry = readRegistry(files);
  if (!registry) return [];
  const streams = registry.entries.map(entry => readEntry(files, registry, entry));
  const names = new Set(streams.flatMap(({ name }) => name ?? []));
  const modules = new Set(streams.flatMap(({ module }) => module ?? []));
  const schemas = new Set(files.schemas.filter(path => dirname(path) === 'schemas'));
  const unregistered = [
    ...[...schemas].filter(path => !names.has(basename(path, '.json'))),
    ...streamModules(files, registry).filter(path => !modules.has(path)),
  ];
  const missing = [
    ...[...modules].filter(path => !files.python.has(path)),
    ...[...names].map(name => `schemas/${name}.json`).filter(path => !schemas.has(path)),
  ];
  return [
    ...unregistered.map((path): Finding => ({ path, difference: 'not in the registry' })),
    ...missing.map((path): Finding => ({ path, difference: 'missing' })),
  ];
}

interface RegistryOnDisk {
  readonly file: string;
  readonly entries: readonly Entry[];
  /** What its file imports: the module of each name. */
  readonly imported: ReadonlyMap<string, string>;
}

function readRegistry(files: ConnectorFiles): RegistryOnDisk | undefined {
  for (const [file, text] of files.python) {
    if (basename(file) !== '__init__.py') continue;
    const steps = registrySteps(text, REGISTRY);
    if (steps.length === 0) continue;
    if (!steps.every(({ isPlain, spreads }) => isPlain && spreads.length === 0)) return undefined;
    const imported = importsOf(files, file).flatMap(({ module, names }) =>
      names.map(name => [boundName(name), module]),
    );
    return {
      file,
      entries: steps.flatMap(({ entries }) => entries),
      imported: new Map(imported as [string, string][]),
    };
  }
  return undefined;
}

/** What an entry says of its stream: `'deals': {…}` its name, `Deals.TABLE: Deals` the module, and by that its name. */
function readEntry(
  files: ConnectorFiles,
  { file, imported }: RegistryOnDisk,
  { key, name, value }: Entry,
): { readonly name?: string; readonly module?: string } {
  const from = imported.get(value);
  if (from === undefined) return { name };
  const module = fileOfModule(files, from, file) ?? posix.join(dirname(file), `${from.split('.').at(-1)}.py`);
  return { name: name ?? tableOf(files.python.get(module) ?? '', key), module };
}

/** The string that a key such as `Deals.TABLE` stands for. */
function tableOf(module: string, key: string): string | undefined {
  const [owner, attribute] = key.split('.');
  const found = readClasses(module)?.find(({ name }) => name === owner);
  return readString(found?.attributes.find(({ name }) => name === attribute)?.value ?? '');
}

/** The modules beside a registry of classes that have a class with a name as the registry's keys are. */
function streamModules(files: ConnectorFiles, { file, entries }: RegistryOnDisk): readonly string[] {
  const attributes = new Set(entries.flatMap(({ key, name }) => (name === undefined ? key.split('.').slice(1) : [])));
  const isStream = (text: string) =>
    readClasses(text)?.some(({ attributes: own }) =>
      own.some(({ name, value }) => attributes.has(name) && readString(value) !== ''),
    ) === true;
  const beside = [...files.python].filter(([path]) => dirname(path) === dirname(file) && path !== file);
  return attributes.size === 0 ? [] : beside.filter(([, text]) => isStream(text)).map(([path]) => path);
}
