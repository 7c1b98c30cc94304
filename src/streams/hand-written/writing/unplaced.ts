import type { Method } from '../../../python/analysis/classes.ts';
import type { ConnectorFiles } from '../../../python/analysis/files.ts';
import { lineage } from '../../../python/analysis/names.ts';
import type { Registry } from '../../../python/analysis/registry.ts';
import { type AttributePlan, ownRecordKeys } from '../conventions/attributes.ts';
import { attributesOf, type Conventions, commonest, methodsOf } from '../conventions/conventions.ts';
import { type NewStream, roleOf } from '../conventions/roles.ts';
import type { WrittenMethod } from '../conventions/written-method.ts';
import type { Obstacle } from './obstacle.ts';

/** A stream as it would be written. */
export interface Draft {
  readonly conventions: Conventions;
  readonly stream: NewStream;
  readonly attributes: AttributePlan;
  readonly methods: readonly WrittenMethod[];
}

/** Why the class would not find its records; undefined if it does, or if the base class alone decides. */
export function recordsObstacle({ conventions, stream, attributes, methods }: Draft): Obstacle | undefined {
  if (methods.some(({ hasRecords }) => hasRecords)) return undefined;
  const { name, recordsPath } = stream;
  const places = (['records', 'inner records'] as const).filter(role => attributes.roles.has(role));
  const keys = ownRecordKeys(conventions, recordsPath);
  if (places.length > 0 && keys.length > places.length)
    return {
      obstacle: `the connector's streams take their records by one key of a response, and ${recordsPath.join('.')} has more`,
    };
  const attribute = attributesOf(conventions.line).find(candidate => roleOf(candidate.name) === 'records')?.name;
  const reads = methods.some(({ lines }) => lines.some(line => line.includes(`self.${attribute}`)));
  if (!attribute || recordsPath.length > 0 || !reads) return undefined;
  const missing = {
    where: `records_path of ${name}`,
    message: `is missing: the connector's streams read their records by a key of the response, ${attribute}`,
    hint: 'give it by --records-path or in the answers file',
  };
  return { obstacle: missing.message, missing };
}

/** What of the answers the connector has no place for, and what the class can't do: neither may stay unsaid. */
export function unplaced(files: ConnectorFiles, registry: Registry, draft: Draft): string[] {
  const { conventions, stream, attributes, methods } = draft;
  const { roles } = attributes;
  const { keyProperties, recordsPath, textColumns } = stream;
  const hasRecords = methods.some(method => method.hasRecords) || roles.has('records');
  return [
    ...(keyProperties.length > 0 && !roles.has('keys') && !roles.has('key')
      ? [`key_properties is not written: the connector's streams have no attribute for it`]
      : []),
    ...bookmarkNote(draft),
    ...(recordsPath.length > 0 && !hasRecords
      ? [
          `records_path is not written: ${conventions.base.definition.name} itself decides where the records are in a response`,
        ]
      : []),
    ...(textColumns.length > 0
      ? [
          `${textColumns.join(', ')}: values of several types, which the schema has as text; the connector doesn't convert them`,
        ]
      : []),
    ...onePageNote(files, registry, conventions),
  ];
}

function bookmarkNote({ conventions, stream, attributes: { roles }, methods }: Draft): string[] {
  if (stream.replicationKey === undefined) return [];
  const hasPlace = roles.has('bookmark') || roles.has('bookmarks');
  // `sync` is Singer's own, which Mage never calls.
  const texts = [
    ...methodsOf(conventions.line).flatMap(({ name, text }) => (name === 'sync' ? [] : [text])),
    ...methods.map(({ lines }) => lines.join('\n')),
  ];
  const attribute = attributesOf([...conventions.line, conventions.model.definition]).find(
    ({ name }) => roleOf(name) === 'bookmark',
  )?.name;
  const isRead = texts.some(
    text => /\bbookmarks(?:\.get\(|\[)/.test(text) || (attribute && text.includes(`self.${attribute}`)),
  );
  const none = `replication_key is not written: the connector's streams have no attribute for it`;
  if (!hasPlace) return [isRead ? `${none}; choose it in the pipeline` : `${none}, and are read whole each time`];
  return isRead ? [] : ['nothing in its class sends the bookmark to the API, so that each run reads everything'];
}

/** Where a method of the base class says that there is no other page, and other streams know better. */
function onePageNote(files: ConnectorFiles, { streams }: Registry, { line, base }: Conventions): string[] {
  const isLast = ({ name, returns }: Method) => /next|page|cursor/i.test(name) && returns?.name === 'None';
  const method = methodsOf(line).find(isLast);
  if (!method) return [];
  const owners = streams.flatMap(stream => {
    const classes = lineage(files, stream).map(({ definition }) => definition);
    const owner = classes.find(({ methods }) => methods.some(({ name }) => name === method.name));
    return owner && !line.includes(owner) && !owner.methods.some(isLast) ? [owner.name] : [];
  });
  const example = owners.length > 0 ? `, as ${commonest(owners)} has` : '';
  return [
    `it reads one response, as ${method.name} of ${base.definition.name} knows no other page: if the API has several, give it one of its own${example}`,
  ];
}
