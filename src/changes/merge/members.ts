import { type Member, membersOf, nameOf } from '../../python/members.ts';

/** Merges what both sides made of a text; undefined where they can't be merged. */
type MergeTexts = (mine: string, base: string, next: string) => string | undefined;

/**
 * Merges a Python module member by member, in the order of the new version: constants, methods, functions, classes. So a
 * method that a user has added to a class is no obstacle to what is new beside it. Members that both sides changed are merged
 * by `mergeTexts`. Undefined where the same member was changed on both sides, or where it isn't clear which is which.
 */
export function mergeMembers(mine: string, base: string, next: string, mergeTexts: MergeTexts): string | undefined {
  const [here, was, will] = [mine, base, next].map(membersOf);
  if (!here || !was || !will || !(isInOrder(here, was) || isInOrder(here, will))) return undefined;
  const [texts, before, after] = [here, was, will].map(byName) as [Texts, Texts, Texts];
  const decided = new Map<string, string>();
  for (const name of new Set([...texts.keys(), ...before.keys(), ...after.keys()])) {
    const result = decide([texts.get(name), before.get(name), after.get(name)], mergeTexts);
    if (result === CONFLICT) return undefined;
    if (result !== undefined) decided.set(name, result);
  }
  return arranged(here, will, decided);
}

type Texts = ReadonlyMap<string, string>;

const CONFLICT = Symbol('conflict');

function byName(members: readonly Member[]): Texts {
  return new Map(members.map(member => [nameOf(member), member.text]));
}

/** What becomes of a member: undefined where it goes. */
function decide(
  [mine, base, next]: readonly (string | undefined)[],
  mergeTexts: MergeTexts,
): string | undefined | typeof CONFLICT {
  if (mine === next || next === base) return mine;
  if (mine === base) return next;
  if (mine === undefined || base === undefined || next === undefined) return CONFLICT;
  return mergeTexts(mine, base, next) ?? CONFLICT;
}

/** Do the members that two modules share come in the same order? */
function isInOrder(one: readonly Member[], other: readonly Member[]): boolean {
  const shared = (members: readonly Member[], names: Texts) => members.map(nameOf).filter(name => names.has(name));
  return shared(one, byName(other)).join('\n\n') === shared(other, byName(one)).join('\n\n');
}

/**
 * The new version's members in its order; each of the user's own stands before the member that it stood before, or else at the
 * end of its class or of the module. Undefined where its class is gone.
 */
function arranged(here: readonly Member[], will: readonly Member[], decided: Texts): string | undefined {
  const result = will.filter(member => decided.has(nameOf(member)));
  const known = new Set(result.map(nameOf));
  for (const [index, member] of here.entries()) {
    if (known.has(nameOf(member)) || !decided.has(nameOf(member))) continue;
    const followers = here.slice(index + 1).filter(({ owner }) => owner === member.owner);
    const follower = followers.map(nameOf).find(name => known.has(name));
    const at =
      follower === undefined ? endOfOwner(result, member) : result.findIndex(other => nameOf(other) === follower);
    if (at < 0) return undefined;
    result.splice(at, 0, member);
  }
  return result.map(member => decided.get(nameOf(member))).join('');
}

/** The position behind the last member of a member's class, or of the module; -1 where the class isn't there. */
function endOfOwner(members: readonly Member[], { owner }: Member): number {
  if (owner === '') return members.length;
  const last = members.findLastIndex(
    other => other.owner === owner || nameOf(other) === nameOf({ owner: '', key: owner }),
  );
  return last < 0 ? -1 : last + 1;
}
