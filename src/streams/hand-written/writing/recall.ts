import { streamNames } from '../../../connector/stream-names.ts';
import type { Attribute } from '../../../python/analysis/classes.ts';
import type { ConnectorFiles } from '../../../python/analysis/files.ts';
import { lineage } from '../../../python/analysis/names.ts';
import type { RegisteredStream } from '../../../python/analysis/registry.ts';
import { readString } from '../../../python/strings.ts';
import type { ColumnSchema, StreamSchema } from '../../../schema/dialect.ts';
import { type NewStream, type Role, roleOf } from '../conventions/roles.ts';

/**
 * The answers that a stream's class would have been written from: if they give the same class again, it is as this generator
 * writes it, and nobody's edits are in it.
 */
export function recallStream(
  files: ConnectorFiles,
  stream: RegisteredStream,
  schema: StreamSchema | undefined,
): NewStream {
  const { definition, name } = stream;
  const line = lineage(files, stream).flatMap(located => located.definition.attributes);
  const value = (role: Role) => definition.attributes.find(attribute => roleOf(attribute.name) === role)?.value;
  const replicationKey = readString(value('bookmark') ?? '') ?? strings(value('bookmarks') ?? '')[0];
  const method = line.find(attribute => roleOf(attribute.name) === 'method');
  const incremental = method ? readString(method.value) === 'INCREMENTAL' : replicationKey !== undefined;
  const code = definition.methods.map(({ text }) => text).join('\n');
  return {
    ...streamNames(name),
    path: readString(value('path') ?? '') ?? /\/([^/{}'"\s]+)["']/.exec(code)?.[1] ?? queriedFields(code),
    recordsPath: recordsPath(code, line, [value('records'), value('inner records')]),
    keyProperties: keysOf(value('keys'), value('key')),
    replicationMethod: incremental ? 'INCREMENTAL' : 'FULL_TABLE',
    replicationKey: incremental ? replicationKey : undefined,
    schema: schema ?? { type: 'object', properties: queriedColumns(code) },
    textColumns: [],
  };
}

function strings(list: string): string[] {
  return [...list.matchAll(/'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"/g)].map(([text]) => readString(text) ?? '');
}

function keysOf(keys: string | undefined, key: string | undefined): string[] {
  return keys === undefined ? strings(key ?? '') : strings(keys);
}

/** The fields inside one another that a GraphQL query begins with. */
function queriedFields(code: string): string | undefined {
  const inside = /"""\s*query\s*\{([\s\S]*?)\}/.exec(code)?.[1];
  return inside
    ?.split('{')
    .slice(0, -1)
    .map(field => field.trim())
    .join('/');
}

/** The columns of a GraphQL query, for a stream whose schema is gone; their types make no difference to the query. */
function queriedColumns(code: string): Record<string, ColumnSchema> {
  const fields = queriedFields(code)?.split('/').length ?? 0;
  const [, inside = ''] = /"""\s*query\s*([\s\S]*?)"""/.exec(code) ?? [];
  const stack: Record<string, ColumnSchema>[] = [{}];
  let name = '';
  for (const [word] of inside.matchAll(/[{}]|\w+/g)) {
    const top = stack.at(-1) ?? {};
    if (word === '}') stack.pop();
    else if (word === '{') {
      const properties = name ? {} : top;
      if (name) top[name] = { type: ['null', 'object'], properties };
      stack.push(properties);
    } else {
      name = word;
      top[name] = { type: ['null', 'string'] };
    }
  }
  let found = stack[0] ?? {};
  for (let depth = 0; depth < fields; depth += 1) found = Object.values(found).flatMap(nested)[0] ?? {};
  return found;
}

function nested(column: ColumnSchema): Record<string, ColumnSchema>[] {
  return 'properties' in column && column.properties ? [{ ...column.properties }] : [];
}

/** The keys behind `yield from response`, or those that attributes have. */
function recordsPath(code: string, line: readonly Attribute[], own: readonly (string | undefined)[]): string[] {
  const subscripts = /yield from \w+((?:\[[^\]]+\])+)\s*$/.exec(code)?.[1];
  const keys = subscripts ? [...subscripts.matchAll(/\[([^\]]+)\]/g)].map(([, key]) => key ?? '') : own.filter(Boolean);
  return keys.flatMap(key => {
    const attribute = /^self\.(\w+)$/.exec(key ?? '')?.[1];
    const text = attribute === undefined ? key : line.find(({ name }) => name === attribute)?.value;
    return readString(text ?? '') ?? [];
  });
}
