import { posix } from 'node:path';
import { streamNameFault, streamNames } from '../../common/names.ts';
import { UserError } from '../../common/problems.ts';
import { type Place, refuse } from '../../common/python/refusal.ts';
import { registrySteps } from '../../common/python/registry-read.ts';
import { readString, writeString } from '../../common/python/strings.ts';
import { readClasses } from '../../common/survey/classes.ts';
import { type ConnectorFiles, fileOfModule } from '../../common/survey/files.ts';
import { importsOf } from '../../common/survey/names.ts';
import type { RegisteredStream } from '../../common/survey/registry.ts';
import { type Survey, surveyFiles } from '../../common/survey/survey.ts';
import { roleOf } from '../manner/roles.ts';
import { requireRegistry, requireStream, schemaOf } from './find.ts';
import { leftBehind } from './left-behind.ts';
import { renameNames, replaceAt } from './names-edit.ts';
import type { Texts } from './texts.ts';

/**
 * Gives a stream another name: its key, what its class says of itself, its schema; and the class and the module, where
 * they are named after it. Everything else in them stays. Throws a UserError where the name is no name or taken.
 */
export function renameStream(texts: Texts, found: Survey, from: string, to: string): readonly string[] {
  const registry = requireRegistry(found);
  const fault = streamNameFault(to);
  if (fault) throw new UserError({ where: to, message: fault });
  if (finishRename(texts, found, from, to)) return [];
  const old = requireStream(registry, from);
  const schema = schemaOf(found, old);
  const schemaText = schema && texts.read(schema);
  // The new module first, then what imports it, then the schema: in this order the connector can be imported at any moment.
  const stream = { ...old, file: copyModule(texts, old, to) };
  renameAttributes(texts, stream, to);
  renameClass(texts, found, old, stream.file, to);
  renameKey(texts, found, stream, to);
  if (stream.file !== old.file) renameModule(texts, found, old.file, to);
  if (schema && schemaText !== undefined) moveSchema(texts, schema, schemaText, to);
  if (stream.file !== old.file) texts.remove(old.file);
  const names = surveyFiles(texts.asFiles(found.files)).registry?.streams.map(({ name }) => name) ?? [];
  if (!names.includes(to) || names.length !== registry.streams.length)
    refuse({ file: registry.file, byHand: `rename ${from} there` }, `${to} would not be in ${registry.name}`);
  return [`pipelines that have selected ${from} have to select ${to}, which is read from the beginning`];
}

/** Where a former run was ended, the registry has the new name already: what is left of the old one goes. */
function finishRename(texts: Texts, { files, registry }: Survey, from: string, to: string): boolean {
  const twin = registry?.streams.find(({ name }) => name === to);
  if (!registry || !twin) return false;
  const { schema, module } = leftBehind(files, registry, from);
  const isCopy = module && masked(files, module, [from, to]) === masked(files, twin, [from, to]);
  if (!schema && !isCopy)
    throw new UserError({
      where: to,
      message: `the connector has a stream ${to} already`,
      hint: 'choose another name',
    });
  if (schema) moveSchema(texts, schema, texts.read(schema) ?? '', to);
  if (isCopy) texts.remove(module.file);
  return true;
}

/** The text of a stream's module without its names. */
function masked({ python }: ConnectorFiles, { file, definition }: RegisteredStream, names: readonly string[]) {
  const pattern = new RegExp(`\\b${definition.name}\\b|\\b(?:${names.join('|')})\\b`, 'g');
  return python.get(file)?.replaceAll(pattern, '');
}

function moveSchema(texts: Texts, schema: string, text: string, to: string): void {
  const moved = posix.join(posix.dirname(schema), `${to}.json`);
  texts.create(moved, text, { file: moved, byHand: 'take that file away, or choose another name' });
  if (moved !== schema) texts.remove(schema);
}

function renameKey(texts: Texts, { files, registry }: Survey, { entry }: RegisteredStream, to: string): void {
  if (!registry) return;
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
    return;
  }
  const [owner = '', constant = ''] = entry.key.split('.');
  if (owner === entry.value) return;
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

/** Renames the class everywhere, if it is named after the stream and its new name means nothing else; the old module stays. */
function renameClass(
  texts: Texts,
  { files }: Survey,
  { definition, name, file }: RegisteredStream,
  moved: string,
  to: string,
) {
  const plain = streamNames(name).className;
  if (!definition.name.startsWith(plain)) return;
  const renamed = streamNames(to).className + definition.name.slice(plain.length);
  const paths = [moved, ...[...files.python.keys()].filter(path => path !== moved && path !== file)];
  if (paths.some(path => new RegExp(`\\b${renamed}\\b`).test(texts.read(path) ?? ''))) return;
  for (const path of paths)
    if (texts.read(path)?.includes(definition.name))
      texts.edit(path, text => renameNames(text, definition.name, renamed));
}

/** Copies the module that is named after the stream; gives the file that its class is in from now on. */
function copyModule(texts: Texts, { file, name }: RegisteredStream, to: string): string {
  const [old, moduleName] = [streamNames(name).moduleName, streamNames(to).moduleName];
  if (posix.basename(file) !== `${old}.py` || old === moduleName) return file;
  const moved = posix.join(posix.dirname(file), `${moduleName}.py`);
  if (texts.read(moved) !== undefined) texts.remove(moved);
  texts.create(moved, texts.read(file) ?? '', { file: moved, byHand: 'choose another name' });
  return moved;
}

/** Has the imports of a module import the one of the new name. */
function renameModule(texts: Texts, { files }: Survey, file: string, to: string): void {
  const { moduleName } = streamNames(to);
  for (const path of files.python.keys()) {
    const modules = importsOf(files, path).filter(({ module }) => fileOfModule(files, module, path) === file);
    for (const { module } of modules)
      texts.edit(path, text =>
        text.replace(`from ${module} import`, `from ${module.replace(/\w+$/, moduleName)} import`),
      );
  }
}
