import { nearest } from '../base/names.ts';
import { UserError } from '../base/problems.ts';
import type { AnyKind, KindEntry } from '../connector/kind.ts';
import type { StreamOptions } from '../options/stream-options.ts';
import { apiStreamOptions } from './api/options.ts';
import { fileStreamOptions } from './file/options.ts';
import { sqlStreamOptions } from './sql/options.ts';

export const KINDS: readonly KindEntry[] = [
  {
    name: 'api',
    title: 'A connector of a REST API',
    isDescribed: true,
    streamOptions: apiStreamOptions,
    load: async () => (await import('./api/kind.ts')).apiKind,
  },
  {
    name: 'sql',
    title: 'A connector of a SQL database',
    isDescribed: false,
    streamOptions: sqlStreamOptions,
    load: async () => (await import('./sql/kind.ts')).sqlKind,
  },
  {
    name: 'file',
    title: 'A connector of files: CSV, JSON, JSON Lines',
    isDescribed: false,
    streamOptions: fileStreamOptions,
    load: async () => (await import('./file/kind.ts')).fileKind,
  },
];

/** The options that give the answers of a stream of one kind or another. */
export const STREAM_OPTIONS: StreamOptions = Object.assign({}, ...KINDS.map(({ streamOptions }) => streamOptions));

/** The kind of that name. Throws a UserError where a connector has one that there isn't. */
export async function kindNamed(name: string): Promise<AnyKind> {
  const entry = KINDS.find(kind => kind.name === name);
  if (!entry) throw unknownKind(name);
  return entry.load();
}

/** The error for a connector of a kind that there isn't, as a later version may have made one. */
export function unknownKind(name: string): UserError {
  const names = KINDS.map(kind => kind.name);
  const meant = nearest(name, names);
  return new UserError({
    where: 'kind',
    message: `there is no kind ${name} of connectors`,
    hint: meant ? `did you mean ${meant}?` : `there are ${names.join(', ')}`,
  });
}
