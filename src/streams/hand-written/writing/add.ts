import { renderJson } from '../../../changes/render.ts';
import { type Analysis, analyzeFiles } from '../../../python/analysis/analysis.ts';
import { type ConnectorFiles, MAIN_FILE } from '../../../python/analysis/files.ts';
import type { Registry } from '../../../python/analysis/registry.ts';
import { addImport } from '../../../python/edit/import-edit.ts';
import { addRegistered } from '../../../python/edit/registry-steps-edit.ts';
import { type Place, refuse } from '../../../python/refusal.ts';
import type { NewStream } from '../conventions/roles.ts';
import type { Blueprint } from './blueprint.ts';
import { addClass, addConstant, addToList } from './edits.ts';
import { findsByClass } from './find.ts';
import type { Texts } from './texts.ts';

/** Puts a stream into the connector's texts. Throws a UserError, and changes nothing, where a place is taken or not found. */
export function addStream(texts: Texts, found: Analysis, registry: Registry, stream: NewStream, plan: Blueprint): void {
  const { className, key } = plan;
  const { files } = found;
  const place: Place = { file: registry.file, byHand: `add to ${registry.name}: ${key.text}: ${className},` };
  refuseOtherStream(files, registry, stream.name, plan);
  const addSchema = () =>
    texts.create(plan.schema, renderJson(stream.schema).replaceAll('\n', plan.eol), {
      file: plan.schema,
      byHand: 'take that file away, or choose another name for the stream',
    });
  // Mage finds streams by their schemas, so the schema goes last; a source with a way of its own finds them by its classes.
  const schemaFirst = findsByClass(found);
  if (schemaFirst) addSchema();
  addDefinition(texts, plan);
  if (key.constant) {
    const { file, owner, name } = key.constant;
    texts.edit(file, text => addConstant(text, owner, name, stream.name, place));
  }
  texts.edit(registry.file, text => {
    const imported =
      plan.module && plan.file !== registry.file
        ? addImport(text, `from ${plan.module} import ${className}`, registry.file)
        : text;
    const listed = plan.list === undefined ? imported : addToList(imported, registry, plan.list, className, place);
    return addRegistered(listed, { registry: registry.name, key: key.text, value: className, place });
  });
  if (!schemaFirst) addSchema();
  confirm(texts.asFiles(files), registry, stream.name);
}

function addDefinition(texts: Texts, { file, lines, className, behind, moduleText }: Blueprint): void {
  const place = { file, byHand: 'choose another name for the stream, or edit the one that is there' };
  if (moduleText !== undefined) texts.create(file, moduleText, place);
  else texts.edit(file, text => addClass(text, lines, className, behind, place));
}

/** A stream of that name that is another one is left alone, and so is its schema. */
function refuseOtherStream(
  files: ConnectorFiles,
  registry: Registry,
  name: string,
  { file, className }: Blueprint,
): void {
  const twin = registry.streams.find(stream => stream.name === name);
  if (twin && (twin.file !== file || twin.definition.name !== className))
    refuse(
      { file: twin.file, byHand: 'choose another name, or edit the stream in place' },
      `the connector ${files.uuid} has a stream ${name} already, ${twin.definition.name}`,
    );
}

/** Reads the result as anyone else's code: it has the streams from before and the new one, or it isn't written. */
function confirm(files: ConnectorFiles, { name, streams, file }: Registry, added: string): void {
  const found = analyzeFiles(files).registry?.streams.map(stream => stream.name) ?? [];
  const expected = [...new Set([...streams.map(stream => stream.name), added])];
  if (found.length !== expected.length || !expected.every(stream => found.includes(stream)))
    refuse(
      { file, byHand: `add the stream to ${name}` },
      `${name} would not be what it was with ${added} (${MAIN_FILE} uses it)`,
    );
}
