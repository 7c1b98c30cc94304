import type { StreamNames } from '../base/names.ts';
import { removeImport } from '../python/edit/import-removal.ts';
import { removeRegistered } from '../python/edit/registry-steps-edit.ts';
import { readHeader } from '../python/imports.ts';
import { topLevel } from '../python/parse.ts';

/** What connectors of ours call the dict of their streams. */
export const REGISTRY = 'STREAMS';

/**
 * Takes a stream out of a shared file of a connector of ours that the user has changed: its entry in the registry and its
 * import, or its row of a Markdown table. Everything else stays.
 */
export function takeOut(text: string, name: string, { className, moduleName }: StreamNames): string {
  if (topLevel(text) === undefined || !text.includes(REGISTRY)) return withoutRow(text, name);
  const keys = [`${className}.TABLE`, `'${name}'`];
  const unregistered = keys.reduce((result, key) => removeRegistered(result, REGISTRY, key), text);
  const imported = readHeader(unregistered)?.imports.find(
    ({ module, names }) => module.endsWith(`.${moduleName}`) && names.includes(className),
  );
  return imported ? removeImport(unregistered, imported.module, className) : unregistered;
}

function withoutRow(text: string, name: string): string {
  const lines = text.split('\n');
  return lines.filter(line => !line.startsWith(`| \`${name}\` |`)).join('\n');
}
