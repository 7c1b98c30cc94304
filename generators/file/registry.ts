import { formatPython } from '../common/python/format.ts';
import { pythonLiteral } from '../common/python/literal.ts';
import { assignedValue, bracketed } from '../common/python/parse.ts';
import { addRegistryEntry } from '../common/python/registry-edit.ts';
import { readString } from '../common/python/strings.ts';
import type { FileStreamModel } from './model.ts';

const REGISTRY = 'STREAMS';

/** The entry of a stream in the dict STREAMS. The comma at its end makes Ruff give each setting its own line. */
export function streamEntry({
  name,
  path,
  recordsPath,
  textColumns,
  keyProperties,
  replicationKey,
}: FileStreamModel): string {
  const settings = {
    path,
    ...(recordsPath.length > 0 && { records_path: recordsPath }),
    key_properties: keyProperties,
    ...(replicationKey !== undefined && { replication_method: 'INCREMENTAL', replication_key: replicationKey }),
    ...(textColumns.length > 0 && { text_columns: textColumns }),
  };
  return `${pythonLiteral(name)}: ${pythonLiteral(settings).replace(/\}$/, ',}')}`;
}

/**
 * Adds the streams that STREAMS lacks and keeps everything else, also what the user changed in the entries that it has.
 * Throws a UserError, with the entry to add by hand, if STREAMS is no plain dict.
 */
export function registerStreams(content: string, file: string, streams: readonly FileStreamModel[]): string {
  const known = registeredNames(content, file);
  const newline = content.includes('\r\n') ? '\r\n' : '\n';
  const missing = streams.filter(({ name }) => !known.includes(name));
  return missing.reduce(
    (text, stream) =>
      addRegistryEntry(text, { file, registry: REGISTRY, entry: formatted(stream).replaceAll('\n', newline) }),
    content,
  );
}

function registeredNames(content: string, file: string): (string | undefined)[] {
  const node = assignedValue(content, REGISTRY, { file, byHand: `add the new streams to the dict ${REGISTRY}` });
  const keys = bracketed(node).elements.map(({ from, to }) => content.slice(from, to).split(/\s*:/)[0] as string);
  return keys.map(key => readString(key));
}

/** The entry as it stands in a formatted file, from its key to its closing brace. */
function formatted(stream: FileStreamModel): string {
  const module = formatPython(`${REGISTRY} = {${streamEntry(stream)},}\n`, 'the entry of a stream');
  return module.slice(module.indexOf('\n') + 1, module.lastIndexOf(',')).trimStart();
}
