import { type Entry, registrySteps, type Step } from '../edit/registry-read.ts';
import { topLevel } from '../parse.ts';
import { readString } from '../strings.ts';
import { textOf } from './classes.ts';
import { type ConnectorFiles, MAIN_FILE } from './files.ts';
import { classNamed, importsOf, type LocatedClass, lineage, originOf } from './names.ts';

/** A dict from streams' names to their classes. */
export interface Registry {
  readonly file: string;
  readonly name: string;
  /** The statements that build it, none of which has anything but entries and spreads. */
  readonly steps: readonly Step[];
  readonly streams: readonly RegisteredStream[];
}

export interface RegisteredStream extends LocatedClass {
  readonly name: string;
  readonly entry: Entry;
}

/** Every registry of stream classes that the source's own file uses. */
export function findRegistries(files: ConnectorFiles): readonly Registry[] {
  const main = files.python.get(MAIN_FILE) ?? '';
  const imported = importsOf(files, MAIN_FILE).flatMap(({ names }) =>
    names.map(name => name.split(' as ').at(-1) ?? ''),
  );
  const assigned = (topLevel(main) ?? [])
    .filter(({ name }) => name === 'AssignStatement')
    .map(({ firstChild }) => (firstChild ? textOf(main, firstChild) : ''));
  return [...new Set([...imported, ...assigned])]
    .map(name => registryNamed(files, MAIN_FILE, name))
    .filter(registry => registry !== undefined);
}

function registryNamed(files: ConnectorFiles, file: string, name: string): Registry | undefined {
  const steps = registrySteps(files.python.get(file) ?? '', name);
  if (steps.length === 0) {
    const origin = originOf(files, file, name);
    return origin && registryNamed(files, origin.file, origin.name);
  }
  const streams = allSteps(files, file, steps).flatMap(step => registeredIn(files, file, step));
  return streams.length > 0 ? { file, name, steps, streams } : undefined;
}

/** The steps of a registry with those of the registries that it takes in by `**`. */
function allSteps(files: ConnectorFiles, file: string, steps: readonly Step[]): readonly Step[] {
  return steps.flatMap(step => [
    ...step.spreads.flatMap(name => registrySteps(files.python.get(file) ?? '', name)),
    step,
  ]);
}

function registeredIn(files: ConnectorFiles, file: string, { entries }: Step): RegisteredStream[] {
  return entries.flatMap(entry => {
    const located = /^\w+$/.test(entry.value) ? classNamed(files, file, entry.value) : undefined;
    const name = located && (entry.name ?? keyValue(files, file, entry.key));
    return located && name !== undefined ? [{ ...located, name, entry }] : [];
  });
}

/** The string that a key `Class.ATTRIBUTE` has. */
function keyValue(files: ConnectorFiles, file: string, key: string): string | undefined {
  const [, owner, attribute] = /^(\w+)\.(\w+)$/.exec(key) ?? [];
  const located = owner ? classNamed(files, file, owner) : undefined;
  if (!located) return undefined;
  const found = lineage(files, located)
    .flatMap(({ definition }) => definition.attributes)
    .find(({ name }) => name === attribute);
  return found && readString(found.value);
}
