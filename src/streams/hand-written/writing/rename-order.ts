import { partition } from 'lodash-es';
import type { Change } from '../../../changes/change.ts';
import type { Write } from '../../../changes/writing/write.ts';

/** The files that have a part of their own in the order; all paths are absolute. */
export interface RenamePlaces {
  /** Where the registry is, and the text of that file in the end. */
  readonly registry: { readonly path: string; readonly text: string };
  /** What files say meanwhile: the registry has the stream under both names. */
  readonly between: ReadonlyMap<string, string>;
  readonly schema: { readonly from: string; readonly to: string } | undefined;
  /** True where the schema is found by what the class says, not the other way round. */
  readonly findsByClass: boolean;
}

/**
 * The order in which a renamed stream's files are written, so that at every moment the connector can be imported and
 * discovers the stream under its old name or under its new one: new files first, then both names in the registry, then all
 * that goes by the old name; the schema changes its name in one step; at last goes what is of no use any more.
 */
export function inRenameOrder(
  changes: readonly Change[],
  { registry, between, schema, findsByClass }: RenamePlaces,
): readonly Write[] {
  const isSchema = (path: string) => path === schema?.from || path === schema?.to;
  const differing = changes.filter(({ removed, before, content }) => removed || before !== content);
  const rest = differing.filter(({ path }) => !isSchema(path) && path !== registry.path);
  const created = rest.filter(({ before }) => before === undefined);
  const edited = rest.filter(({ before, removed }) => before !== undefined && !removed);
  const [meanwhile, others] = partition(edited, ({ path }) => between.has(path));
  const newSchema = changes.filter(({ path }) => path === schema?.to);
  return [
    ...[...(findsByClass ? newSchema : []), ...created].map(written),
    ...[...between].filter(([path]) => path !== registry.path).map(([path, content]) => ({ path, content })),
    { path: registry.path, content: between.get(registry.path) ?? registry.text },
    ...[...others, ...meanwhile].map(written),
    ...(findsByClass ? [] : newSchema.flatMap(change => movedSchema(changes, change, schema?.from))),
    { path: registry.path, content: registry.text },
    ...differing.filter(({ removed }) => removed).map(written),
  ];
}

/** Takes its new name in one step, and then its new content, if it has one. */
function movedSchema(changes: readonly Change[], change: Change, from: string | undefined): Write[] {
  const before = changes.find(({ path }) => path === from)?.before;
  const moved = before === undefined ? [] : [{ path: change.path, content: before, from }];
  return before === change.content ? moved : [...moved, written(change)];
}

function written({ path, content, removed }: Change): Write {
  return { path, content: removed ? undefined : content };
}
