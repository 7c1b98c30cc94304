import { streamNames } from '../../../connector/stream-names.ts';
import type { Attribute, Method, PythonClass } from '../../../python/analysis/classes.ts';
import { readClasses } from '../../../python/analysis/classes.ts';
import type { ConnectorFiles } from '../../../python/analysis/files.ts';
import { classNamed, type LocatedClass, lineage } from '../../../python/analysis/names.ts';
import type { RegisteredStream, Registry } from '../../../python/analysis/registry.ts';
import { readString } from '../../../python/strings.ts';
import { roleOf } from './roles.ts';

/** How a connector's streams are written, as far as a new one has to follow. */
export interface Conventions {
  /** The streams that are discovered. */
  readonly discovered: readonly RegisteredStream[];
  /** Those of them that extend the same base class; all of them if none does. */
  readonly like: readonly RegisteredStream[];
  /** The one of them that the new class is made after. */
  readonly model: RegisteredStream;
  readonly base: LocatedClass;
  /** The base class and those above it. */
  readonly line: readonly PythonClass[];
  readonly className: string;
  readonly indent: string;
  readonly quote: "'" | '"';
  readonly eol: '\n' | '\r\n';
}

/** Works out the conventions for one more stream; undefined if the streams extend no class of the connector's own. */
export function conventionsFor(
  files: ConnectorFiles,
  registry: Registry,
  stream: { readonly name: string; readonly replicationMethod: string },
  candidates: readonly RegisteredStream[],
): Conventions | undefined {
  const discovered = candidates.filter(candidate => hasSchema(files, candidate));
  const base = chooseBase(files, discovered, stream.replicationMethod);
  if (!base) return undefined;
  const same = discovered.filter(candidate => isBase(files, candidate, base));
  const like = same.length > 0 ? same : discovered;
  const model = [...like].sort((a, b) => methodCount(a) - methodCount(b)).at(0);
  if (!model) return undefined;
  const text = files.python.get(model.file) ?? '';
  const [first] = model.definition.attributes;
  return {
    discovered,
    like,
    model,
    base,
    line: lineage(files, base).map(({ definition }) => definition),
    className: classNameFor(stream.name, registry.streams),
    indent: first ? (/[ \t]*$/.exec(text.slice(0, first.from))?.[0] ?? '    ') : '    ',
    quote: usualQuote(like),
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
}

/** Whether a stream has a schema, and so is one that users see rather than a helper of others. */
export function hasSchema({ schemas }: ConnectorFiles, { name, definition }: RegisteredStream): boolean {
  const own = definition.attributes.find(attribute => roleOf(attribute.name) === 'schema');
  const names = [name, own && readString(own.value)];
  return names.some(candidate => schemas.includes(`schemas/${candidate}.json`));
}

function methodCount({ definition }: RegisteredStream): number {
  return definition.methods.length;
}

function isBase(files: ConnectorFiles, stream: RegisteredStream, base: LocatedClass): boolean {
  const found = lineage(files, stream)[1];
  return found?.file === base.file && found.definition.name === base.definition.name;
}

/** The commonest base class of streams with this replication method; of equals, the one nearest to the root. */
function chooseBase(
  files: ConnectorFiles,
  streams: readonly RegisteredStream[],
  method: string,
): LocatedClass | undefined {
  const counted = new Map<string, { base: LocatedClass; count: number; depth: number; fits: number }>();
  const add = (base: LocatedClass, count: number) => {
    const line = lineage(files, base);
    const own = methodOf(line.map(({ definition }) => definition));
    if (own !== undefined && own !== method) return;
    const id = `${base.file} ${base.definition.name}`;
    const known = counted.get(id);
    counted.set(id, { base, count: (known?.count ?? 0) + count, depth: line.length, fits: own === method ? 0 : 1 });
  };
  for (const stream of streams) {
    const base = lineage(files, stream)[1];
    if (!base) continue;
    add(base, 1);
    for (const sibling of siblings(files, base, streams)) add(sibling, 0);
  }
  const order = [...counted.values()].sort((a, b) => a.fits - b.fits || b.count - a.count || a.depth - b.depth);
  return order[0]?.base;
}

/** The classes beside a base that are no streams themselves and say the replication method, such as IncrementalStream. */
function siblings(files: ConnectorFiles, base: LocatedClass, streams: readonly RegisteredStream[]): LocatedClass[] {
  const classes = readClasses(files.python.get(base.file) ?? '') ?? [];
  return classes
    .filter(({ bases, attributes }) => bases.length > 0 && attributes.some(({ name }) => roleOf(name) === 'method'))
    .filter(({ attributes }) => !attributes.some(({ name }) => roleOf(name) === 'name'))
    .filter(({ name }) => !streams.some(stream => stream.definition.name === name))
    .map(({ name }) => classNamed(files, base.file, name))
    .filter(located => located !== undefined);
}

/** The replication method that a line of classes sets. */
function methodOf(line: readonly PythonClass[]): string | undefined {
  const found = attributesOf(line).find(({ name }) => roleOf(name) === 'method');
  return found && readString(found.value);
}

/** The attributes of a line of classes, the nearest first. */
export function attributesOf(line: readonly PythonClass[]): readonly Attribute[] {
  return line.flatMap(({ attributes }) => attributes);
}

/** The methods of a line of classes, the nearest first. */
export function methodsOf(line: readonly PythonClass[]): readonly Method[] {
  return line.flatMap(({ methods }) => methods);
}

/** The class's name, with what most of the connector's streams have behind theirs. */
function classNameFor(stream: string, streams: readonly RegisteredStream[]): string {
  const suffixes = streams.map(({ name, definition }) => {
    const plain = streamNames(name).className;
    return definition.name.startsWith(plain) ? definition.name.slice(plain.length) : '';
  });
  const [plain, suffix] = [streamNames(stream).className, commonest(suffixes)];
  return plain.endsWith(suffix) ? plain : plain + suffix;
}

function usualQuote(streams: readonly RegisteredStream[]): "'" | '"' {
  const values = streams.flatMap(({ definition }) =>
    definition.attributes.map(({ value }) => value.replace(/^\[/, '')[0]),
  );
  return commonest(values.filter(value => value === "'" || value === '"')) === '"' ? '"' : "'";
}

/** The value that occurs most; of equals, the first. */
export function commonest(values: readonly (string | undefined)[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value ?? '', (counts.get(value ?? '') ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
}
