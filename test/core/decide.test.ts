import assert from 'node:assert/strict';
import { decideGiven, decidePlace, type GivenFacts, type PlaceFacts } from '../../src/connector/decide.ts';

const NO_OR_YES = [false, true];

/** Every combination of facts. */
function combinations<Facts extends object>(values: { [Name in keyof Facts]: readonly Facts[Name][] }): Facts[] {
  return Object.entries(values).reduce<Facts[]>(
    (found, [name, each]) =>
      found.flatMap(facts => (each as readonly unknown[]).map(value => ({ ...facts, [name]: value }))),
    [{} as Facts],
  );
}

const GIVEN = combinations<GivenFacts>({
  intent: ['any', 'add', 'change'],
  found: NO_OR_YES,
  isNamed: NO_OR_YES,
  document: ['none', 'streams', 'answers', 'other'],
  hasName: NO_OR_YES,
  hasStreamFlags: NO_OR_YES,
  hasTerminal: NO_OR_YES,
});

const PLACE = combinations<PlaceFacts>({
  stands: ['nothing', 'same', 'other'],
  hasTerminal: NO_OR_YES,
  force: NO_OR_YES,
});

/** What is decided wherever these facts hold, whatever the others are. */
function decisions<Facts extends object>(
  all: readonly Facts[],
  decide: (facts: Facts) => string,
  when: Partial<Facts>,
) {
  const entries = Object.entries(when);
  const found = all.filter(facts => entries.every(([name, value]) => facts[name as keyof Facts] === value));
  assert.notEqual(found.length, 0);
  return [...new Set(found.map(decide))].sort();
}

describe('what a run does', () => {
  const ours = { found: true } as const;
  const flagless = { ...ours, document: 'none', intent: 'any' } as const;
  const cases: readonly [string, Partial<GivenFacts>, readonly string[]][] = [
    ['makes a connector where there is none around', { found: false }, ['make']],
    ['adds streams where the command does', { ...ours, intent: 'add' }, ['add']],
    ['adds streams that a file has alone', { ...ours, document: 'streams' }, ['add']],
    ['changes the answers by a file of them', { ...ours, intent: 'any', document: 'answers' }, ['change']],
    [
      'makes another connector by a file with another name',
      { ...ours, intent: 'any', document: 'other', isNamed: false },
      ['make'],
    ],
    ['never makes one where --connector names one', { ...ours, isNamed: true }, ['add', 'ask', 'change']],
    ['makes one by a name', { ...flagless, hasName: true, isNamed: false }, ['make']],
    [
      'adds a stream by a name to the one that --connector names',
      { ...flagless, hasName: true, isNamed: true },
      ['add'],
    ],
    ['adds a stream by its flags', { ...flagless, hasName: false, hasStreamFlags: true }, ['add']],
    ['asks where nothing tells', { ...flagless, hasName: false, hasStreamFlags: false, hasTerminal: true }, ['ask']],
    [
      'says what is missing of a stream where nobody can be asked',
      { ...flagless, hasName: false, hasStreamFlags: false, hasTerminal: false },
      ['add'],
    ],
    ['changes the answers where the command does', { ...ours, intent: 'change', document: 'none' }, ['change']],
  ];
  for (const [title, when, expected] of cases)
    it(title, () => assert.deepEqual(decisions(GIVEN, decideGiven, when), expected));
});

describe('what a new connector becomes', () => {
  const cases: readonly [string, Partial<PlaceFacts>, readonly string[]][] = [
    ['made where nothing stands', { stands: 'nothing' }, ['make']],
    ['a change of the same that stands there', { stands: 'same', hasTerminal: false }, ['change']],
    ['a question about the same in a terminal', { stands: 'same', hasTerminal: true, force: false }, ['ask']],
    ['a change without a question by --force', { stands: 'same', hasTerminal: true, force: true }, ['change']],
    ['refused where something else stands', { stands: 'other', force: false }, ['refuse']],
    ['made in the place of something else by --force', { stands: 'other', force: true }, ['make']],
  ];
  for (const [title, when, expected] of cases)
    it(title, () => assert.deepEqual(decisions(PLACE, decidePlace, when), expected));
});
