import { UserError } from '../base/problems.ts';
import { renderJson } from '../changes/render.ts';
import { streamNames } from '../connector/stream-names.ts';
import type { Analysis } from '../python/analysis/analysis.ts';
import { type ConnectorFiles, MAIN_FILE } from '../python/analysis/files.ts';
import { findMentions, findPlaces, type Mention } from '../python/analysis/mentions.ts';
import type { NewStream } from './hand-written/conventions/roles.ts';
import type { Texts } from './hand-written/writing/texts.ts';

/** Writes what can be written of a stream whose code nothing tells, its schema, and gives the steps that are left. */
export function addByHand(texts: Texts, analysis: Analysis, stream: NewStream, obstacle: string): readonly string[] {
  const { files } = analysis;
  const folder = schemaFolderOf(analysis);
  const schema = `${folder}/${stream.name}.json`;
  const isSafe = texts.read(schema) !== undefined || !looksStreamsUp(files);
  const written = isSafe ? schema : `${stream.name}.schema.json`;
  texts.create(written, renderJson(stream.schema), { file: written, byHand: 'choose another name for the stream' });
  const streams = files.schemas
    .filter(path => path.startsWith(`${folder}/`) && !path.slice(folder.length + 1).includes('/'))
    .map(path => path.slice(folder.length + 1, -'.json'.length))
    .filter(name => name !== stream.name);
  const state = isSafe
    ? `${schema} is written; until the rest is done, don't select it`
    : `Its schema waits in ${written}, since ${files.uuid} may not be discovered with it in ${folder} before the rest is done`;
  return [
    `${stream.name} can't be finished for you: ${obstacle}. ${state}.`,
    ...steps(analysis, streams, stream),
    ...(isSafe
      ? []
      : [`Then, in the connector's folder, put the schema where it belongs:\n\n    mv ${written} ${schema}\n`]),
  ];
}

function schemaFolderOf({ files, schemaFolders }: Analysis): string {
  const [folder, ...more] = schemaFolders;
  if (folder !== undefined && more.length === 0) return folder;
  throw new UserError({
    where: files.uuid,
    message: `its schemas are in ${schemaFolders.join(' and ')}, and which of them the stream belongs to is not known`,
    hint: 'mage-connector schema writes the schema alone',
  });
}

/** True where the code that discovers looks each stream up in a table, and so may fail at a schema without an entry. */
function looksStreamsUp({ python }: ConnectorFiles): boolean {
  return [...python].some(
    ([path, text]) =>
      (path === MAIN_FILE || /^(?:async )?def \w*discover/m.test(text)) && /\b[A-Z][A-Z_]+\[\w*stream\w*\]/.test(text),
  );
}

/** Entries to copy where tables have the streams, otherwise the places where one of them is named, otherwise the method that loads. */
function steps(analysis: Analysis, streams: readonly string[], stream: NewStream): readonly string[] {
  const mentions = findMentions(analysis.files, streams);
  if (mentions.length > 0) return mentions.map(mention => mentionStep(mention, stream));
  const found = findPlaces(analysis.files, streams);
  if (!found) return [loadingStep(analysis, stream)];
  const lines = found.places.map(({ file, line, text }) => `    ${file}, line ${line}: ${text}`);
  return [
    `Do for ${stream.name}${pathOf(stream)}, what is done for ${found.stream} in each of these lines:\n\n${lines.join('\n')}\n`,
  ];
}

/** A class's name, rather than a constant's. */
const CLASS_NAME = /^[A-Z]\w*[a-z]\w*$/;

/** An entry like that of another stream, to be copied. */
function mentionStep({ file, line, variable, entry, stream: other }: Mention, stream: NewStream): string {
  const [from, to] = [streamNames(other).className, streamNames(stream.name).className];
  const value = /:\s*(\w+)$/.exec(entry)?.[1] ?? '';
  const isClass = CLASS_NAME.test(value);
  const title = isClass && !value.includes(from) ? to : value.replaceAll(from, to);
  const renamed = entry.replaceAll(new RegExp(`\\b${other}\\b`, 'g'), stream.name).replace(value && /\w+$/, title);
  const copy = isClass
    ? `In ${file}, write a class ${title} like ${value}${pathOf(stream)}, and in line ${line}`
    : `In ${file}, line ${line},`;
  const values = isClass || !entry.includes(':') ? '' : ` (put in its own values${pathOf(stream)})`;
  return `${copy} add to ${variable} what ${other} has there${values}:\n\n${indented(`${dedented(renamed)},`)}\n`;
}

function pathOf({ path }: NewStream): string {
  return path === undefined ? '' : `, with the path ${path}`;
}

/** Where no table has the streams, the source's own code tells them apart, or doesn't. */
function loadingStep({ source, files }: Analysis, stream: NewStream): string {
  const method = source.definition.methods.find(({ name }) => name === 'load_data' || name === 'sync');
  const text = files.python.get(MAIN_FILE) ?? '';
  const line = method ? text.slice(0, text.indexOf(method.text)).split('\n').length : 1;
  const what = method ? `${source.definition.name}.${method.name}` : source.definition.name;
  return (
    `In ${MAIN_FILE}, line ${line}, have ${what} give the records of ${stream.name}${pathOf(stream)},` +
    ` when the stream's tap_stream_id is:\n\n${indented(`'${stream.name}'`)}\n`
  );
}

/** The lines behind the first as far in as the first, whose own indentation was cut off. */
function dedented(text: string): string {
  const [first = '', ...rest] = text.split(/\r?\n/);
  const indent = /^[ \t]*/.exec(rest.at(-1) ?? '')?.[0] ?? '';
  return [first, ...rest.map(line => (line.startsWith(indent) ? line.slice(indent.length) : line))].join('\n');
}

function indented(text: string): string {
  return text
    .split('\n')
    .map(line => `    ${line}`)
    .join('\n');
}
