import { posix } from 'node:path';
import { streamNameFault } from '../../../base/names.ts';
import { UserError } from '../../../base/problems.ts';
import { streamNames } from '../../../connector/stream-names.ts';
import { type Analysis, analyzeFiles } from '../../../python/analysis/analysis.ts';
import { readClasses } from '../../../python/analysis/classes.ts';
import { type ConnectorFiles, fileOfModule } from '../../../python/analysis/files.ts';
import { classNamed, importsOf } from '../../../python/analysis/names.ts';
import type { RegisteredStream, Registry } from '../../../python/analysis/registry.ts';
import { registrySteps } from '../../../python/edit/registry-read.ts';
import { type Place, refuse } from '../../../python/refusal.ts';
import { readString, writeString } from '../../../python/strings.ts';
import { roleOf } from '../conventions/roles.ts';
import { findsByClass, requireRegistry, requireStream, schemaOf } from './find.ts';
import { renameNames, replaceAt } from './names-edit.ts';
import type { Texts } from './texts.ts';

/** What a stream is called in the code before and after, as far as the order of writing has to know. */
export interface Renaming {
  readonly from: string;
  readonly to: string;
  readonly registry: { readonly file: string; readonly name: string };
  /** The file that the stream's class stands in from now on, and the class's name. */
  readonly file: string;
  readonly className: string;
  /** What the registry's file calls it. */
  readonly value: string;
  readonly oldFile: string;
  readonly oldClassName: string;
  /** The constant that its key was, in a class of constants such as IDS. */
  readonly constant: { readonly file: string; readonly owner: string; readonly name: string } | undefined;
  readonly schema: { readonly from: string; readonly to: string } | undefined;
  /** True where the source finds its streams by their classes, and reads the schemas that these say. */
  readonly findsByClass: boolean;
}

/**
 * Gives a stream another name: its key, what its class says of itself, its schema; and the class and the module, where
 * they are named after it. Everything else in them stays. Throws a UserError where the name is no name or taken.
 */
export function renameStream(texts: Texts, found: Analysis, from: string, to: string): Renaming {
  const registry = requireRegistry(found);
  refuseName(registry, to);
  const old = requireStream(registry, from);
  const schema = schemaOf(found, old);
  const schemaText = schema && texts.read(schema);
  const stream = { ...old, file: copyModule(texts, old, to) };
  renameAttributes(texts, stream, to);
  const className = renameClass(texts, found, old, stream.file, to);
  const constant = renameKey(texts, found, stream, to);
  if (stream.file !== old.file) renameModule(texts, found, old.file, to);
  const moved = schema && schemaText !== undefined ? moveSchema(texts, schema, schemaText, to) : undefined;
  if (stream.file !== old.file) texts.remove(old.file);
  confirm(analyzeFiles(texts.asFiles(found.files)), registry, from, to);
  return {
    ...{ from, to, registry, className, constant },
    file: stream.file,
    value: old.entry.value === old.definition.name ? className : old.entry.value,
    oldFile: old.file,
    oldClassName: old.definition.name,
    schema: schema && moved ? { from: schema, to: moved } : undefined,
    findsByClass: findsByClass(found),
  };
}

function refuseName({ streams }: Registry, to: string): void {
  const isTaken = streams.some(({ name }) => name === to);
  const message = isTaken ? `the connector has a stream ${to} already` : streamNameFault(to);
  if (message) throw new UserError({ where: to, message, hint: isTaken ? 'choose another name' : undefined });
}

/** Reads the result as anyone else's code. */
function confirm({ registry }: Analysis, { file, name, streams }: Registry, from: string, to: string): void {
  const names = registry?.streams.map(stream => stream.name) ?? [];
  if (!names.includes(to) || names.length !== streams.length)
    refuse({ file, byHand: `rename ${from} there` }, `${to} would not be in ${name}`);
}

function moveSchema(texts: Texts, schema: string, text: string, to: string): string {
  const moved = posix.join(posix.dirname(schema), `${to}.json`);
  texts.create(moved, text, { file: moved, byHand: 'take that file away, or choose another name' });
  texts.remove(schema);
  return moved;
}

/** Renames the key of its entry; gives the constant that it was, if it was one. */
function renameKey(
  texts: Texts,
  { files, registry }: Analysis,
  { entry }: RegisteredStream,
  to: string,
): Renaming['constant'] {
  if (!registry) return undefined;
  const place: Place = { file: registry.file, byHand: `rename the key ${entry.key} of ${registry.name}` };
  if (entry.name !== undefined) {
    const isString = readString(entry.key) !== undefined;
    if (!isString && !/^[A-Za-z_]\w*$/.test(to)) refuse(place, `${to} can't be a keyword of a call of dict`);
    const key = isString ? writeString(to, entry.key.startsWith('"') ? '"' : "'") : to;
    texts.edit(registry.file, text => {
      const names = [registry.name, ...registry.steps.flatMap(({ spreads }) => spreads)];
      const entries = names.flatMap(name => registrySteps(text, name)).flatMap(step => step.entries);
      const found = entries.find(other => other.key === entry.key);
      return found ? replaceAt(text, found.from, entry.key, key) : text;
    });
    return undefined;
  }
  const [owner = '', constant = ''] = entry.key.split('.');
  return owner === entry.value ? undefined : renameConstant(texts, files, registry, { owner, constant, to });
}

function renameConstant(
  texts: Texts,
  files: ConnectorFiles,
  registry: Registry,
  { owner, constant, to }: { readonly owner: string; readonly constant: string; readonly to: string },
): Renaming['constant'] {
  const file = classNamed(files, registry.file, owner)?.file ?? registry.file;
  const name = to.replaceAll(/\W/g, '_').replace(/^\d/, '_$&').toUpperCase();
  for (const path of files.python.keys()) {
    texts.edit(path, text => {
      const attribute = readClasses(text)
        ?.find(candidate => candidate.name === owner)
        ?.attributes.find(candidate => candidate.name === constant);
      const value = attribute && writeString(to, attribute.value.startsWith('"') ? '"' : "'");
      const renamed = attribute
        ? replaceAt(text, attribute.from, text.slice(attribute.from, attribute.to), `${name} = ${value}`)
        : text;
      return renamed.replaceAll(new RegExp(`\\b${owner}\\.${constant}\\b`, 'g'), `${owner}.${name}`);
    });
  }
  return { file, owner, name: constant };
}

/** The name and the schema that the class says that it has. */
function renameAttributes(texts: Texts, { file, definition, name }: RegisteredStream, to: string): void {
  texts.edit(file, text => {
    const found = readClasses(text)?.find(candidate => candidate.name === definition.name);
    const own = found?.attributes.filter(attribute => ['name', 'schema'].includes(roleOf(attribute.name) ?? '')) ?? [];
    return own.reduceRight((result, { value, to: end }) => {
      const said = readString(value);
      if (said !== name && !said?.endsWith(`/${name}`)) return result;
      const written = writeString(said.slice(0, -name.length) + to, value.startsWith('"') ? '"' : "'");
      return replaceAt(result, end - value.length, value, written);
    }, text);
  });
}

/** Renames the class everywhere, if it is named after the stream and its new name means nothing else; gives its name from now on. */
function renameClass(
  texts: Texts,
  { files }: Analysis,
  { definition, name, file }: RegisteredStream,
  moved: string,
  to: string,
): string {
  const plain = streamNames(name).className;
  if (!definition.name.startsWith(plain)) return definition.name;
  const renamed = streamNames(to).className + definition.name.slice(plain.length);
  const paths = [moved, ...[...files.python.keys()].filter(path => path !== moved && path !== file)];
  if (paths.some(path => new RegExp(`\\b${renamed}\\b`).test(texts.read(path) ?? ''))) return definition.name;
  for (const path of paths)
    if (texts.read(path)?.includes(definition.name))
      texts.edit(path, text => renameNames(text, definition.name, renamed));
  return renamed;
}

/** Copies the module that is named after the stream; gives the file that its class is in from now on. */
function copyModule(texts: Texts, { file, name }: RegisteredStream, to: string): string {
  const [old, moduleName] = [streamNames(name).moduleName, streamNames(to).moduleName];
  if (posix.basename(file) !== `${old}.py` || old === moduleName) return file;
  const moved = posix.join(posix.dirname(file), `${moduleName}.py`);
  texts.create(moved, texts.read(file) ?? '', { file: moved, byHand: 'choose another name' });
  return moved;
}

/** Has the imports of a module import the one of the new name. */
function renameModule(texts: Texts, { files }: Analysis, file: string, to: string): void {
  const { moduleName } = streamNames(to);
  for (const path of files.python.keys()) {
    const modules = importsOf(files, path).filter(({ module }) => fileOfModule(files, module, path) === file);
    for (const { module } of modules)
      texts.edit(path, text =>
        text.replace(`from ${module} import`, `from ${module.replace(/\w+$/, moduleName)} import`),
      );
  }
}
