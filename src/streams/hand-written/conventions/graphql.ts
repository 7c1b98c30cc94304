import { writeString } from '../../../python/strings.ts';
import type { ColumnSchema } from '../../../schema/dialect.ts';
import type { Conventions } from './conventions.ts';
import type { NewStream } from './roles.ts';
import type { WrittenMethod } from './written-method.ts';

/** The two methods of a GraphQL stream: the query, of the columns that the schema has, and where its records are. */
export function graphqlMethods(
  name: string,
  { conventions, stream }: { readonly conventions: Conventions; readonly stream: NewStream },
): WrittenMethod | undefined {
  if (stream.path === undefined || !isGraphql(stream)) return undefined;
  const example = conventions.like.flatMap(({ definition }) => definition.methods).find(method => method.name === name);
  if (name === 'query' && example?.isProperty && /\bquery\b[^"']*\{/.test(example.text))
    return queryMethod(conventions, stream);
  const header = /^[\s\S]*?\)\s*(?:->[^:\n]+)?:(?=[ \t]*\r?\n)/.exec(example?.text ?? '')?.[0];
  if (name !== 'parse_response' || !header) return undefined;
  const parameter = /\(\s*self\s*,\s*(\w+)/.exec(header)?.[1] ?? 'response';
  const keys = stream.recordsPath.length > 0 ? stream.recordsPath : ['data', ...fieldsOf(stream)];
  const where = keys.map(key => `[${writeString(key, conventions.quote)}]`).join('');
  const lines = [...header.split(/\r?\n/), `${conventions.indent.repeat(2)}yield from ${parameter}${where}`];
  return { lines, hasRecords: true };
}

/** GraphQL's own rule for names, which whatever goes into a query has to keep. */
const GRAPHQL_NAME = /^[_A-Za-z]\w*$/;

function isGraphql(stream: NewStream): boolean {
  return [...fieldsOf(stream), ...columnNames(stream.schema.properties)].every(name => GRAPHQL_NAME.test(name));
}

function columnNames(properties: Readonly<Record<string, ColumnSchema>>): string[] {
  return Object.entries(properties).flatMap(([name, column]) => [name, ...columnNames(nestedProperties(column) ?? {})]);
}

/** The path of a GraphQL stream names the field, or the fields inside one another, that it asks for. */
function fieldsOf({ path = '' }: NewStream): string[] {
  return path.split(/[./]/).filter(Boolean);
}

function queryMethod({ indent, like }: Conventions, stream: NewStream): WrittenMethod {
  const property = like.flatMap(({ definition }) => definition.methods).find(({ name }) => name === 'query');
  const header = (property?.text ?? '').split(/\r?\n/).filter(line => /^\s*(@|def )/.test(line));
  const opened = fieldsOf(stream).map((field, depth) => `${indent.repeat(depth + 1)}${field} {`);
  const columns = selection(stream.schema.properties, indent, opened.length + 1);
  const closed = opened.map((_, depth) => `${indent.repeat(opened.length - depth)}}`);
  const query = ['query {', ...opened, ...columns, ...closed, '}'];
  return {
    lines: [
      ...header,
      `${indent.repeat(2)}return """`,
      ...query.map(line => indent.repeat(3) + line),
      `${indent.repeat(2)}"""`,
    ],
    hasPath: true,
    note: 'the query asks for every column of the schema, without arguments: add those that the API wants, such as a limit',
  };
}

function selection(properties: Readonly<Record<string, ColumnSchema>>, indent: string, depth: number): string[] {
  const pad = indent.repeat(depth);
  return Object.entries(properties).flatMap(([name, column]) => {
    const nested = nestedProperties(column);
    return nested ? [`${pad}${name} {`, ...selection(nested, indent, depth + 1), `${pad}}`] : [`${pad}${name}`];
  });
}

function nestedProperties(column: ColumnSchema): Readonly<Record<string, ColumnSchema>> | undefined {
  const { properties, items } = column as {
    properties?: Readonly<Record<string, ColumnSchema>>;
    items?: ColumnSchema;
  };
  if (properties && Object.keys(properties).length > 0) return properties;
  return items && nestedProperties(items);
}
