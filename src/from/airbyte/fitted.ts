import { isMapping } from '../../base/mapping.ts';
import { list, type Node, own } from '../../schema/infer/untyped.ts';
import type { Loss } from '../described.ts';

/** A stream's answers and its schema, which fit each other. */
export interface Fitted {
  readonly answers: Node;
  readonly losses: readonly Loss[];
  readonly schema: Node | undefined;
}

const TEXT = { type: ['null', 'string'] };

/** Answers that fit the schema: keys and bookmarks are columns, and columns that are added are there. */
export function fitted(answers: Node, losses: readonly Loss[], schema: Node | undefined): Fitted {
  if (!schema) return { answers: withoutFormats(answers, undefined), losses, schema };
  const all = { ...(own(schema, 'properties') as Node), ...added(answers, own(schema, 'properties') as Node) };
  const { remove, columns } = withoutRemoved(answers, all);
  const known: Record<string, unknown> = { ...answers, remove };
  if (remove === undefined) delete known.remove;
  const lost: Loss[] = [];
  const keys = list(own(answers, 'key_properties')).map(String);
  const missing = keys.filter(key => !Object.hasOwn(columns, key) && !isParent(key, answers));
  if (missing.length > 0) {
    delete known.key_properties;
    lost.push({
      what: `its key ${missing.join(', ')} is no column of its schema`,
      instead: 'the answers schema and key_properties',
    });
  }
  const bookmark = own(answers, 'replication_key');
  if (typeof bookmark === 'string' && !Object.hasOwn(columns, bookmark)) {
    for (const key of OF_BOOKMARK) delete known[key];
    lost.push({
      what: `its bookmark ${bookmark} is no column of its schema`,
      instead: 'the answers schema and replication_key',
    });
  }
  const column = typeof bookmark === 'string' ? own(columns, bookmark) : undefined;
  return {
    answers: withoutFormats(known, isMapping(column) ? column : undefined),
    losses: [...losses, ...lost],
    schema: { ...schema, properties: columns },
  };
}

const OF_BOOKMARK = [
  ...['replication_key', 'bookmark_param', 'bookmark_format', 'bookmark_end_param'],
  ...['window_days', 'lookback_seconds', 'value_format'],
];

/** A field that is removed is no column, unless it is added again, or what is read goes by it. */
function withoutRemoved(
  answers: Node,
  columns: Node,
): { readonly remove: readonly unknown[] | undefined; readonly columns: Node } {
  const made = [
    ...Object.keys((own(answers, 'columns') as Node | undefined) ?? {}),
    ...list(own(answers, 'key_properties')),
    own(answers, 'replication_key'),
  ];
  const kept = list(own(answers, 'remove')).filter(field => !made.includes(field));
  const rest = Object.fromEntries(Object.entries(columns).filter(([name]) => !kept.includes(name)));
  return { remove: kept.length > 0 ? kept : undefined, columns: rest };
}

/** Columns of answers that the schema lacks, or has as numbers where they are text. */
function added(answers: Node, properties: Node): Node {
  const columns = own(answers, 'columns');
  const names = Object.entries(isMapping(columns) ? columns : {})
    .filter(([name, value]) => !Object.hasOwn(properties, name) || isMapping(value))
    .map(([name]) => name);
  return Object.fromEntries(names.map(name => [name, TEXT]));
}

function isParent(key: string, answers: Node): boolean {
  const parents = [own(answers, 'parent') ?? [], own(answers, 'parents') ?? []].flat() as { as?: string }[];
  const item = own(answers, 'for_each');
  return parents.some(({ as }) => as === key) || (isMapping(item) && own(item, 'as') === key);
}

/** Moments of a schema are in ISO 8601, and a format that nothing sends has no use. */
function withoutFormats(answers: Node, column: Node | undefined): Node {
  const known = { ...answers };
  const types = list(column && own(column, 'type'));
  if (column && own(column, 'format') === 'date-time') delete known.value_format;
  const isSent = own(answers, 'bookmark_param') !== undefined || /\{since/.test(JSON.stringify(answers));
  if (!isSent && !types.includes('integer') && !types.includes('number')) delete known.bookmark_format;
  return known;
}
