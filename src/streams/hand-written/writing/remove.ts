import { UserError } from '../../../base/problems.ts';
import { renderJson } from '../../../changes/render.ts';
import type { Analysis } from '../../../python/analysis/analysis.ts';
import { importsOf } from '../../../python/analysis/names.ts';
import type { RegisteredStream, Registry } from '../../../python/analysis/registry.ts';
import { removeImport } from '../../../python/edit/import-removal.ts';
import { removeRegistered } from '../../../python/edit/registry-steps-edit.ts';
import { boundName } from '../../../python/imports.ts';
import { isAsWritten } from './as-written.ts';
import { removeClass, removeConstant, removeFromLists } from './edits.ts';
import { findsByClass, requireRegistry, requireStream, schemaOf } from './find.ts';
import { leftBehind } from './left-behind.ts';
import type { Texts } from './texts.ts';
import { refuseUsed } from './uses.ts';

/**
 * Takes a stream out of a connector: its schema, its entry and all that goes with it, and its class where that is as this
 * generator writes it. A class that someone has edited stays, unregistered, unless `force`. Returns what to know.
 * Throws a UserError where other code needs the class, or where the schema is not as this generator writes it.
 */
export function removeStream(texts: Texts, found: Analysis, name: string, force: boolean): readonly string[] {
  const registry = requireRegistry(found);
  if (removeLeftBehind(texts, found, registry, name, force)) return [];
  const stream = requireStream(registry, name);
  refuseUsed(found.files, registry, stream);
  const schema = schemaOf(found, stream);
  const text = schema === undefined ? undefined : texts.read(schema);
  if (schema && text !== undefined && !force) refuseEditedSchema(schema, text);
  const isOurs = isAsWritten(found.files, registry, stream, text);
  if (schema && !findsByClass(found)) texts.remove(schema);
  unregister(texts, found, registry, stream);
  if (schema) texts.remove(schema);
  if (isOurs || force) removeDefinition(texts, registry, stream);
  const kept = `${stream.file} keeps the class ${stream.definition.name}, which is not as this generator writes it; --force removes it too`;
  return isOurs || force ? [] : [kept];
}

/** What a former run that was ended didn't get to remove: the registry hasn't the stream any more. */
function removeLeftBehind(
  texts: Texts,
  { files }: Analysis,
  registry: Registry,
  name: string,
  force: boolean,
): boolean {
  const { schema, module } = leftBehind(files, registry, name);
  const text = schema === undefined ? undefined : texts.read(schema);
  if (module && !force && !isAsWritten(files, registry, module, text)) return false;
  if (schema) texts.remove(schema);
  if (module) texts.remove(module.file);
  return schema !== undefined || module !== undefined;
}

function refuseEditedSchema(schema: string, text: string): void {
  const unified = text.replaceAll('\r\n', '\n');
  try {
    if (renderJson(JSON.parse(text)) === unified) return;
  } catch {
    // What is no JSON isn't ours either.
  }
  throw new UserError({
    where: schema,
    message: 'is not as this generator writes it, and would have to go: Mage discovers a stream for each schema',
    hint: '--force removes it, and nothing keeps a copy',
  });
}

function unregister(
  texts: Texts,
  { files }: Analysis,
  registry: Registry,
  { definition, entry }: RegisteredStream,
): void {
  const { name } = definition;
  const imported = importsOf(files, registry.file).find(({ names }) => names.map(boundName).includes(name));
  const registries = [registry.name, ...registry.steps.flatMap(({ spreads }) => spreads)];
  texts.edit(registry.file, text => {
    const without = registries.reduce((result, one) => removeRegistered(result, one, entry.key), text);
    const unlisted = removeFromLists(without, registry, name);
    return imported ? removeImport(unlisted, imported.module, name) : unlisted;
  });
  const [owner = '', constant = ''] = entry.key.split('.');
  if (!entry.key.includes('.') || owner === name) return;
  const from = [registry.file, ...files.python.keys()].find(path =>
    new RegExp(`^class ${owner}\\b`, 'm').test(texts.read(path) ?? ''),
  );
  if (from) texts.edit(from, text => removeConstant(text, owner, constant));
}

/** The class goes, and its module where it has nothing else. */
function removeDefinition(texts: Texts, registry: Registry, { file, definition }: RegisteredStream): void {
  const neighbours = registry.streams.filter(stream => stream.file === file);
  const rest = removeClass(texts.read(file) ?? '', definition.name);
  const isAlone =
    neighbours.length === 1 && file !== registry.file && !/^(?!from\s|import\s|#|\s|\)|["'])\S/m.test(rest);
  if (isAlone) texts.remove(file);
  else texts.edit(file, text => removeClass(text, definition.name));
}
