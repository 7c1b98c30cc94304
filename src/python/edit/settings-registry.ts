import { exploded, printValue, type Value } from '../compose/values.ts';
import { formatPython } from '../format.ts';
import { pythonString } from '../literal.ts';
import { assignedValue, bracketed } from '../parse.ts';
import { readString } from '../strings.ts';
import { addRegistryEntry } from './registry-edit.ts';

/** The name of the dict that has the settings of each stream, in connectors whose streams are no classes. */
const REGISTRY = 'STREAMS';
const INDENT = 4;

/** A stream's entry of the registry, as it stands in a formatted file: each setting has its own line. */
export function settingsEntry(name: string, settings: Readonly<Record<string, Value>>): string {
  const key = `${pythonString(name)}: `;
  const { text, needsRuff } = printValue(exploded(settings), { before: INDENT + key.length, after: 1, indent: INDENT });
  return needsRuff ? formatted(key + text) : key + text;
}

/**
 * Adds the entries of streams that the registry lacks and keeps everything else, also what the user changed in the entries
 * that it has. Throws a UserError, with the entry to add by hand, if it is no plain dict.
 */
export function registerSettings(content: string, file: string, entries: ReadonlyMap<string, string>): string {
  const known = registeredNames(content, file);
  const newline = content.includes('\r\n') ? '\r\n' : '\n';
  const missing = [...entries].filter(([name]) => !known.includes(name));
  return missing.reduce(
    (text, [, entry]) => addRegistryEntry(text, { file, registry: REGISTRY, entry: entry.replaceAll('\n', newline) }),
    content,
  );
}

function registeredNames(content: string, file: string): (string | undefined)[] {
  const node = assignedValue(content, REGISTRY, { file, byHand: `add the new streams to the dict ${REGISTRY}` });
  const keys = bracketed(node).elements.map(({ from, to }) => content.slice(from, to).split(/\s*:/)[0] as string);
  return keys.map(key => readString(key));
}

/** An entry as Ruff formats it, from its key to its closing brace. */
function formatted(entry: string): string {
  const module = formatPython(`${REGISTRY} = {${entry},}\n`, 'the entry of a stream');
  return module.slice(module.indexOf('\n') + 1, module.lastIndexOf(',')).trimStart();
}
