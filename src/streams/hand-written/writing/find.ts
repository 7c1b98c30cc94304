import { nearest } from '../../../base/names.ts';
import { UserError } from '../../../base/problems.ts';
import type { Analysis } from '../../../python/analysis/analysis.ts';
import type { RegisteredStream, Registry } from '../../../python/analysis/registry.ts';
import { readString } from '../../../python/strings.ts';
import { roleOf } from '../conventions/roles.ts';

/** The registry of a connector that streams can be taken out of. Throws a UserError if there is none. */
export function requireRegistry({ files, registry }: Analysis): Registry {
  if (registry) return registry;
  throw new UserError({
    where: files.uuid,
    message: 'its streams are not in one registry of classes that the source reads',
    hint: 'take the stream out of its code by hand, and then its file in schemas/ away',
  });
}

/** The stream of this name. Throws a UserError with the nearest name if there is none. */
export function requireStream({ streams, name: registry }: Registry, name: string): RegisteredStream {
  const found = streams.find(stream => stream.name === name);
  if (found) return found;
  const names = streams.map(stream => stream.name);
  const meant = nearest(name, names);
  throw new UserError({
    where: name,
    message: `there is no stream ${name} in ${registry}`,
    hint: meant ? `did you mean ${meant}?` : `there are ${names.join(', ')}`,
  });
}

/** The schema file of a stream, if there is one. */
export function schemaOf({ files }: Analysis, { name, definition }: RegisteredStream): string | undefined {
  const own = definition.attributes.find(attribute => roleOf(attribute.name) === 'schema');
  const candidates = [own && readString(own.value), name].map(candidate => `schemas/${candidate}.json`);
  return candidates.find(candidate => files.schemas.includes(candidate));
}

/** Whether the source finds its streams by their classes rather than by the files in schemas/. */
export function findsByClass({ source }: Analysis): boolean {
  return source.definition.methods.some(({ name }) => name === 'load_schemas_from_folder');
}
