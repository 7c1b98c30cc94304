import { boundName, type Import, readHeader } from '../imports.ts';
import { type PythonClass, readClasses } from './classes.ts';
import { type ConnectorFiles, fileOfModule } from './files.ts';

/** A class, and the file of the connector that it stands in. */
export interface LocatedClass {
  readonly file: string;
  readonly definition: PythonClass;
}

/** A name as another file of the connector defines it. */
export interface Origin {
  readonly file: string;
  readonly name: string;
}

/** The imports of a file, wherever they stand at its top level. */
export function importsOf(files: ConnectorFiles, file: string): readonly Import[] {
  const header = readHeader(files.python.get(file) ?? '');
  return header ? [...header.imports, ...header.later] : [];
}

/** Where a name of a file comes from, if that is an import from another file of the connector. */
export function originOf(files: ConnectorFiles, file: string, name: string): Origin | undefined {
  for (const { module, names } of importsOf(files, file)) {
    const imported = names.find(candidate => boundName(candidate) === name);
    const from = imported && fileOfModule(files, module, file);
    if (imported && from) return { file: from, name: imported.split(' as ')[0] ?? name };
  }
  return undefined;
}

/** The class that a name means in a file: one of its own, or one that it imports from the connector. */
export function classNamed(files: ConnectorFiles, file: string, name: string): LocatedClass | undefined {
  const definition = readClasses(files.python.get(file) ?? '')?.find(candidate => candidate.name === name);
  if (definition) return { file, definition };
  const origin = originOf(files, file, name);
  return origin && classNamed(files, origin.file, origin.name);
}

/** A class and those that it extends, as far as they are the connector's own, the nearest first. */
export function lineage(files: ConnectorFiles, { file, definition }: LocatedClass): readonly LocatedClass[] {
  const line: LocatedClass[] = [{ file, definition }];
  for (let next = baseOf(files, line[0]); next && line.length < 20; next = baseOf(files, next)) line.push(next);
  return line;
}

function baseOf(files: ConnectorFiles, located: LocatedClass | undefined): LocatedClass | undefined {
  for (const base of located?.definition.bases ?? []) {
    const found = located && classNamed(files, located.file, base);
    if (found) return found;
  }
  return undefined;
}
