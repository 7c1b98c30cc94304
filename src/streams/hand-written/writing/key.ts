import type { ConnectorFiles } from '../../../python/analysis/files.ts';
import { classNamed } from '../../../python/analysis/names.ts';
import type { Registry } from '../../../python/analysis/registry.ts';
import { writeString } from '../../../python/strings.ts';
import type { Conventions } from '../conventions/conventions.ts';

/** The key of the new stream in the registry, as Python. */
export interface Key {
  readonly text: string;
  /** The constant that it is, in a class of constants such as IDS. */
  readonly constant?: { readonly file: string; readonly owner: string; readonly name: string };
}

/** Forms the key as those of the registry's last entries are formed. */
export function keyFor(
  files: ConnectorFiles,
  { name: registry, file, steps, streams }: Registry,
  { className }: Conventions,
  stream: string,
): Key | { readonly obstacle: string } {
  const last = steps.at(-1);
  if (last?.form === 'call')
    return /^[A-Za-z_]\w*$/.test(stream)
      ? { text: stream }
      : { obstacle: `${registry} is a call of dict, and ${stream} can't be a keyword of it` };
  const { entry } =
    streams.findLast(other => last?.entries.some(({ key }) => key === other.entry.key)) ?? streams.at(-1) ?? {};
  if (!entry || entry.name !== undefined) return { text: writeString(stream, entry?.key.startsWith('"') ? '"' : "'") };
  const [owner = '', attribute = ''] = entry.key.split('.');
  if (owner === entry.value) return { text: `${className}.${attribute}` };
  const located = classNamed(files, file, owner);
  if (!located) return { obstacle: `the keys of ${registry} are formed in a way that is not understood: ${entry.key}` };
  const name = stream.replaceAll(/\W/g, '_').replace(/^\d/, '_$&').toUpperCase();
  return { text: `${owner}.${name}`, constant: { file: located.file, owner, name } };
}
