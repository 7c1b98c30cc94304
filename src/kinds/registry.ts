import { nearest } from '../base/names.ts';
import { UserError } from '../base/problems.ts';
import type { AnyKind } from '../connector/kind.ts';

/** A kind as it is known before it is loaded. */
export interface KindEntry {
  /** As the answer `kind` has it. */
  readonly name: string;
  /** What the menu calls it. */
  readonly title: string;
  /** Only what is asked for is loaded. */
  readonly load: () => Promise<AnyKind>;
}

export const KINDS: readonly KindEntry[] = [
  { name: 'api', title: 'A connector of a REST API', load: async () => (await import('./api/kind.ts')).apiKind },
  { name: 'sql', title: 'A connector of a SQL database', load: async () => (await import('./sql/kind.ts')).sqlKind },
  {
    name: 'file',
    title: 'A connector of files: CSV, JSON, JSON Lines',
    load: async () => (await import('./file/kind.ts')).fileKind,
  },
];

/** The kind of that name. Throws a UserError where a connector or an answers file has one that there isn't. */
export async function kindNamed(name: string): Promise<AnyKind> {
  const entry = KINDS.find(kind => kind.name === name);
  if (entry) return entry.load();
  const names = KINDS.map(kind => kind.name);
  const meant = nearest(name, names);
  throw new UserError({
    where: 'kind',
    message: `there is no kind ${name} of connectors`,
    hint: meant ? `did you mean ${meant}?` : `there are ${names.join(', ')}`,
  });
}
