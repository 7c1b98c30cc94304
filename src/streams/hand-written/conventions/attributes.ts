import type { Attribute } from '../../../python/analysis/classes.ts';
import type { RegisteredStream } from '../../../python/analysis/registry.ts';
import { type LiteralValue, pythonLiteral } from '../../../python/literal.ts';
import { readString, writeString } from '../../../python/strings.ts';
import { attributesOf, type Conventions, commonest } from './conventions.ts';
import { entityOf, type NewStream, ROLE_ORDER, type Role, roleOf } from './roles.ts';

/** An attribute of the new class, as written. */
export interface Assignment {
  readonly name: string;
  /** With an annotation, if the others have one. */
  readonly target: string;
  readonly value: string;
  /** True where the class that this one is made after has an empty line above it. */
  readonly apart: boolean;
}

export interface AttributePlan {
  readonly assignments: readonly Assignment[];
  /** Attributes that the connector reads and whose value follows from nothing. */
  readonly unknown: readonly string[];
  /** What part of the answers has a place. */
  readonly roles: ReadonlySet<Role>;
}

/** What the connector's code reads of a stream class. */
export interface Readers {
  /** The names that the base classes read of themselves. */
  readonly base: ReadonlySet<string>;
  /** The names that the source reads of the classes in the registry. */
  readonly source: ReadonlySet<string>;
}

/** The attributes of the new class: those that the streams like it have, and those that the answers need a place for. */
export function planAttributes(
  conventions: Conventions,
  stream: NewStream,
  readers: Readers,
  text: string,
): AttributePlan {
  const order = [
    ...new Set([...namesOf([conventions.model]), ...namesOf(conventions.like), ...inRoleOrder(conventions, readers)]),
  ];
  const assignments: Assignment[] = [];
  const unknown: string[] = [];
  const roles = new Set<Role>();
  for (const name of order) {
    const role = roleOf(name);
    const usual = isUsual(conventions, name);
    const value = role ? roleValue(role, conventions, name, stream) : copiedValue(conventions, name, readers);
    if (role && (usual || isRead(name, readers) || hasDefault(conventions, name))) roles.add(role);
    if (role ? !isWritten(conventions, name, value, usual, readers) : value === undefined) continue;
    if (value === UNKNOWN) unknown.push(name);
    else assignments.push(assignment(conventions, name, value as LiteralValue | Written, text));
  }
  return { assignments, unknown, roles };
}

/** A value that is copied as it is written elsewhere. */
interface Written {
  readonly written: string;
}

const UNKNOWN = Symbol('a value that nothing tells');
type Value = LiteralValue | Written | typeof UNKNOWN | undefined;

function namesOf(streams: readonly RegisteredStream[]): string[] {
  return streams.flatMap(({ definition }) => definition.attributes.map(({ name }) => name));
}

function inRoleOrder({ line }: Conventions, readers: Readers): string[] {
  const names = [...attributesOf(line).map(({ name }) => name), ...readers.base, ...readers.source];
  const rank = (name: string) => ROLE_ORDER.indexOf(roleOf(name) as Role);
  return names.filter(name => roleOf(name) !== undefined).sort((a, b) => rank(a) - rank(b));
}

function isUsual({ like }: Conventions, name: string): boolean {
  return valuesOf(like, name).length * 2 > like.length;
}

function valuesOf(streams: readonly RegisteredStream[], name: string): string[] {
  return streams.flatMap(({ definition }) => definition.attributes.filter(a => a.name === name).map(a => a.value));
}

function isRead(name: string, { base, source }: Readers): boolean {
  return base.has(name) || source.has(name);
}

function hasDefault(conventions: Conventions, name: string): boolean {
  return defaultOf(conventions, name) !== undefined;
}

function defaultOf({ line }: Conventions, name: string): Attribute | undefined {
  return attributesOf(line).find(attribute => attribute.name === name);
}

/** Written where the others write it, or where the value isn't what the class has anyway. */
function isWritten(conventions: Conventions, name: string, value: Value, usual: boolean, readers: Readers): boolean {
  const inherited = defaultOf(conventions, name)?.value;
  if (roleOf(name) === 'method' && inherited !== undefined && readString(inherited) === value) return false;
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0))
    return usual ? value !== undefined : false;
  if (usual) return true;
  return (
    (inherited !== undefined || isRead(name, readers)) && (inherited === undefined || readString(inherited) !== value)
  );
}

/** The value of an attribute that stands for a part of the answers; undefined where there is nothing to say. */
function roleValue(role: Role, conventions: Conventions, name: string, stream: NewStream): Value {
  const { replicationKey, keyProperties, recordsPath } = stream;
  const values: Readonly<Record<Role, () => Value>> = {
    name: () => stream.name,
    entity: () => entityOf(stream.name),
    path: () => stream.path && slashed(stream.path, valuesOf(conventions.like, name)),
    keys: () => keyProperties,
    key: () => (keyProperties.length === 1 ? keyProperties[0] : null),
    method: () => stream.replicationMethod,
    bookmark: () => replicationKey ?? null,
    bookmarks: () => (replicationKey === undefined ? [] : [replicationKey]),
    schema: () => schemaFolder(conventions) + stream.name,
    records: () => ownRecordKeys(conventions, recordsPath)[0],
    'inner records': () => ownRecordKeys(conventions, recordsPath)[1],
  };
  return values[role]();
}

/** With a slash in front where most of the others have one. */
function slashed(path: string, others: readonly string[]): string {
  const slash = commonest(others.map(value => (readString(value)?.startsWith('/') ? '/' : '')));
  return slash + path.replace(/^\//, '');
}

/** The keys of the records' path beyond those that the base class has an attribute for with that value. */
export function ownRecordKeys(conventions: Conventions, recordsPath: readonly string[]): readonly string[] {
  return recordsPath.filter(key => !inheritedRecordKey(conventions, key));
}

/** The attribute of the base class whose value is this key, such as `default_data_key = 'list'`. */
export function inheritedRecordKey({ line }: Conventions, key: string): string | undefined {
  return attributesOf(line).find(({ name, value }) => /key|root/i.test(name) && readString(value) === key)?.name;
}

/** Where the schemas of the streams like this one are, below schemas/: `common/` or nothing. */
export function schemaFolder({ like }: Conventions): string {
  const schemas = like.flatMap(({ definition }) =>
    definition.attributes.filter(({ name }) => roleOf(name) === 'schema'),
  );
  return commonest(schemas.map(({ value }) => /^.*\//.exec(readString(value) ?? '')?.[0] ?? ''));
}

/** The value of an attribute that stands for nothing in the answers: what all others have, None where some have that. */
function copiedValue(conventions: Conventions, name: string, readers: Readers): Value {
  const values = valuesOf(conventions.like, name);
  const [first] = values;
  if (first === undefined) return undefined;
  const constant = values.every(value => value === first);
  if (constant && values.length === conventions.like.length) return { written: first };
  if (hasDefault(conventions, name) || !isRead(name, readers)) return undefined;
  if (constant) return { written: first };
  return values.includes('None') ? null : UNKNOWN;
}

function assignment(conventions: Conventions, name: string, value: LiteralValue | Written, text: string): Assignment {
  const { attributes } = conventions.model.definition;
  const index = attributes.findIndex(attribute => attribute.name === name);
  const known = conventions.like.flatMap(({ definition }) => definition.attributes).find(other => other.name === name);
  const before = attributes[index - 1];
  return {
    name,
    target: attributes[index]?.target ?? known?.target ?? name,
    value: isWrittenAsItIs(value) ? value.written : literal(value, conventions.quote),
    apart: index > 0 && before !== undefined && /\n[ \t]*\r?\n/.test(text.slice(before.to, attributes[index]?.from)),
  };
}

function isWrittenAsItIs(value: LiteralValue | Written): value is Written {
  return typeof value === 'object' && value !== null && 'written' in value;
}

function literal(value: LiteralValue, quote: "'" | '"'): string {
  if (typeof value === 'string') return writeString(value, quote);
  if (Array.isArray(value)) return `[${value.map(item => literal(item as LiteralValue, quote)).join(', ')}]`;
  return pythonLiteral(value);
}
