import type { Intent } from '../changes/command.ts';

/** What a run was given, as far as that tells what it does. */
export interface GivenFacts {
  readonly intent: Intent;
  /** Whether a connector of the kind was found, by --connector or around the current folder. */
  readonly found: boolean;
  /** True where it was named: by --connector, or by a command that is for a connector that exists. */
  readonly isNamed: boolean;
  /** The answers file: none, nothing but streams, or answers; `other` where they have the name of another connector. */
  readonly document: 'none' | 'streams' | 'answers' | 'other';
  /** True where the first argument is a name. */
  readonly hasName: boolean;
  /** True where the flags of one stream are given. */
  readonly hasStreamFlags: boolean;
  readonly hasTerminal: boolean;
}

/** What stands where a new connector goes. */
export interface PlaceFacts {
  /** `same` is the connector of ours with this very kind and name, `other` all that a run of ours didn't leave there. */
  readonly stands: 'nothing' | 'same' | 'other';
  readonly hasTerminal: boolean;
  readonly force: boolean;
}

/** A row of a table: the first whose facts hold says what is done. */
type Row<Facts, Does> = readonly [when: Partial<Facts>, does: Does];

/** Makes a connector, adds streams to the one that was found, changes its answers, or asks which of the two. */
export type GivenDecision = 'make' | 'add' | 'change' | 'ask';

const GIVEN: readonly Row<GivenFacts, GivenDecision>[] = [
  [{ found: false }, 'make'],
  [{ intent: 'add' }, 'add'],
  [{ document: 'streams' }, 'add'],
  [{ document: 'other', isNamed: false }, 'make'],
  // A name that the connector doesn't have is refused where its answers are changed.
  [{ document: 'other' }, 'change'],
  [{ document: 'answers' }, 'change'],
  [{ intent: 'change' }, 'change'],
  [{ hasName: true, isNamed: false }, 'make'],
  [{ hasName: true }, 'add'],
  [{ hasStreamFlags: true }, 'add'],
  [{ hasTerminal: true }, 'ask'],
  [{}, 'add'],
];

/** Makes the connector, changes the one that stands there, asks whether to, or refuses. */
export type PlaceDecision = 'make' | 'change' | 'ask' | 'refuse';

const PLACE: readonly Row<PlaceFacts, PlaceDecision>[] = [
  [{ stands: 'nothing' }, 'make'],
  // Who answers in a terminal may have chosen a name that is taken without knowing.
  [{ stands: 'same', hasTerminal: true, force: false }, 'ask'],
  [{ stands: 'same' }, 'change'],
  [{ force: true }, 'make'],
  [{}, 'refuse'],
];

/** What a run does, by what it was given. */
export function decideGiven(facts: GivenFacts): GivenDecision {
  return decided(GIVEN, facts);
}

/** What a run that makes a connector does, by what stands in its place. */
export function decidePlace(facts: PlaceFacts): PlaceDecision {
  return decided(PLACE, facts);
}

function decided<Facts extends object, Does>(table: readonly Row<Facts, Does>[], facts: Facts): Does {
  const holds = (when: Partial<Facts>) =>
    (Object.keys(when) as (keyof Facts)[]).every(name => when[name] === facts[name]);
  // The last row of each table asks for nothing.
  return (table.find(([when]) => holds(when)) as Row<Facts, Does>)[1];
}
