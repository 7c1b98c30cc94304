import { isMapping } from '../../base/mapping.ts';
import { streamNameFault } from '../../base/names.ts';
import { UserError } from '../../base/problems.ts';
import { list, type Node, own } from '../../schema/infer/untyped.ts';
import type { DescribedApi, DescribedStream, Loss, Understood } from '../described.ts';
import { parseDescription } from '../endpoints/parse.ts';
import { References } from '../endpoints/references.ts';
import { recordSchema } from '../endpoints/schema.ts';
import { snake } from '../endpoints/words.ts';

const UNTOLD: Loss = {
  what: 'a catalog tells nothing of requests',
  instead: 'the answers path, records_path and pagination',
};

/** Understands a catalog: streams with their columns, keys and bookmarks. How they are asked for stands in none. */
export function readCatalog(text: string, name: string): DescribedApi {
  const root = parseDescription(text, name);
  const taken = new Set<string>();
  const streams = list(isMapping(root) ? own(root, 'streams') : undefined)
    .filter(isMapping)
    .flatMap(stream => describe(stream, taken));
  if (streams.length === 0)
    throw new UserError({
      where: name,
      message: 'is a catalog without streams that have columns',
      hint: 'give what the tap prints with --discover',
    });
  return {
    answers: {},
    streams,
    credentials: {},
    notes: ['a catalog names no address, no authentication and no paths: they are to be told'],
  };
}

function describe(entry: Node, taken: Set<string>): DescribedStream[] {
  const given = textOf(own(entry, 'tap_stream_id')) || textOf(own(entry, 'stream'));
  const schema = own(entry, 'schema');
  const columns = isMapping(schema) ? recordSchema(schema, pointed(schema)) : undefined;
  if (given === '' || !columns) return [];
  const name = nameOf(given, taken);
  const metadata = ofStream(entry);
  const known = (names: readonly unknown[]) =>
    names.map(textOf).filter(column => Object.hasOwn(columns.properties as object, column));
  const keys = known(list(own(entry, 'key_properties') ?? own(metadata, 'table-key-properties')));
  const [bookmark] = known([own(entry, 'replication_key'), ...list(own(metadata, 'valid-replication-keys'))]);
  const isFull = /^FULL_TABLE$/i.test(
    textOf(own(entry, 'replication_method') ?? own(metadata, 'forced-replication-method')),
  );
  return [
    {
      name,
      title: '',
      answers: {
        path: { value: `/${name}`, grade: 'guessed', evidence: 'the name of the stream' },
        ...(keys.length > 0 && { key_properties: said(keys) }),
        ...(bookmark !== undefined && !isFull && { replication_key: said(bookmark) }),
      },
      schema: said(columns),
      parameters: {},
      responses: [],
      losses: [UNTOLD],
    },
  ];
}

function said<Value>(value: Value): Understood<Value> {
  return { value, grade: 'said', evidence: 'the catalog' };
}

/** The metadata of the stream itself, which has no breadcrumb. */
function ofStream(entry: Node): Node {
  const itself = list(own(entry, 'metadata'))
    .filter(isMapping)
    .find(each => list(own(each, 'breadcrumb')).length === 0);
  const metadata = itself && own(itself, 'metadata');
  return isMapping(metadata) ? metadata : {};
}

/** Singer's names have dashes and more, which stay where a stream can have them. */
function nameOf(given: string, taken: Set<string>): string {
  const name = streamNameFault(given) === undefined ? given : snake(given).slice(0, 60) || 'stream';
  let unique = name;
  for (let number = 2; taken.has(unique); number++) unique = `${name}_${number}`;
  taken.add(unique);
  return unique;
}

/** References of a schema lead into itself. */
function pointed(schema: Node): (reference: string) => unknown {
  const references = new References(schema);
  return reference => references.follow({ $ref: reference });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
