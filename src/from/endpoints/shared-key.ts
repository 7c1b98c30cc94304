import type { FoundKey } from './key.ts';
import type { List } from './list.ts';
import { wordsOf } from './names.ts';
import type { FoundParent } from './parents.ts';
import { bare, singular } from './words.ts';

/** Records that belong to many: the same one is a member of several groups. */
const SHARED = new Set(
  (
    'member user person people participant attendee watcher follower subscriber collaborator assignee contributor ' +
    'stargazer reviewer voter team group role permission tag label topic category suppression transition'
  ).split(' '),
);

/**
 * The key of a list below parents. Where the same record may stand below several of them, it is one together with the parent:
 * without that, the last one written would stand for all. `elsewhere`: another list has records of the same schema;
 * `hasDetail`: one of them is asked for below the parent, to which it belongs then.
 */
export function keyBelow(
  { key, endpoint }: List,
  parents: readonly FoundParent[],
  { elsewhere, hasDetail }: { readonly elsewhere: boolean; readonly hasDetail: boolean },
): FoundKey | undefined {
  if (!key || parents.length === 0) return key;
  // All that stands below one parent has the parent's own key.
  if (parents.some(({ as }) => as === key.column)) return undefined;
  const [word = ''] = wordsOf(endpoint.path);
  const [parent] = parents as readonly [FoundParent];
  if ((elsewhere && !hasDetail) || SHARED.has(bare(singular(word))))
    return { ...key, isShared: true, evidence: `${key.evidence}, and may stand below several ${parent.stream}` };
  if (hasDetail || key.grade !== 'inferred') return key;
  return { ...key, grade: 'guessed', evidence: `${key.evidence}, which no other request shows to be one of a kind` };
}
