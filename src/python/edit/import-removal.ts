import { readHeader } from '../imports.ts';
import { deleteAll, removeElement, wholeLine } from './removal.ts';

/** Takes a name out of the import of a module, and the import with its last name; nothing changes if it isn't imported. */
export function removeImport(source: string, module: string, name: string): string {
  const header = readHeader(source);
  const found = [...(header?.imports ?? []), ...(header?.later ?? [])].find(
    candidate => candidate.module === module && candidate.names.includes(name),
  );
  if (!found) return source;
  if (found.names.length > 1)
    return deleteAll(source, removeElement(source, found.sequence, found.names.indexOf(name)));
  const [first, last] = [wholeLine(source, found.from), wholeLine(source, found.to - 1)];
  return deleteAll(source, [{ from: first.from, to: last.to }]);
}
