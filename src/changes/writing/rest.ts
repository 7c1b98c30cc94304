import { join } from 'node:path';
import { UserError } from '../../base/problems.ts';
import { readText } from '../../base/read-text.ts';
import type { Change } from '../change.ts';
import { JOURNAL, type Journal, readJournal, runOf } from './journal.ts';
import type { Write } from './write.ts';

/** What a run that was ended has left to do. */
export interface RestOfRun {
  readonly changes: readonly Change[];
  readonly writes: readonly Write[];
}

/** Texts by their paths, relative to the connector's folder; undefined where there is no file. */
type State = ReadonlyMap<string, string | undefined>;

/**
 * The rest of a run that was ended, if there is one. Throws a UserError where one of its files is neither what it was nor
 * what the run made of it.
 */
export function restOfRun(folder: string): RestOfRun | undefined {
  const journal = readJournal(folder);
  if (!journal) return undefined;
  const now: State = new Map(Object.keys(journal.before).map(path => [path, readText(join(folder, path))]));
  const states = statesOf(journal);
  const done = states.findLastIndex(state => [...state].every(([path, text]) => now.get(path) === text));
  if (done < 0) throw changedSince(folder, journal, states, now);
  const left = journal.steps.slice(done).map(({ path, content, from }): Write => {
    return { path: join(folder, path), content, from: from && join(folder, from) };
  });
  return {
    changes: changesTo(states.at(-1) ?? new Map(), now, folder),
    writes: [...left, { path: join(folder, JOURNAL), content: undefined }],
  };
}

function changesTo(end: State, now: State, folder: string): readonly Change[] {
  const changes = [...end].map(([path, text]): Change => {
    const before = now.get(path);
    const removed = text === undefined && before !== undefined;
    return { path: join(folder, path), before, content: text ?? '', ask: false, removed };
  });
  return changes.filter(({ before, content }) => before !== undefined || content !== '');
}

/** The texts of all files before the first step and after each. */
function statesOf({ before, steps }: Journal): readonly State[] {
  const states: State[] = [new Map(Object.entries(before).map(([path, text]) => [path, text ?? undefined]))];
  for (const { path, content, from } of steps) {
    const next = new Map(states.at(-1)).set(path, content);
    states.push(from === undefined ? next : next.set(from, undefined));
  }
  return states;
}

function changedSince(folder: string, journal: Journal, states: readonly State[], now: State): UserError {
  const changed = [...now].find(([path, text]) => !states.some(state => state.get(path) === text))?.[0];
  return new UserError({
    where: join(folder, changed ?? ''),
    message: `${runOf(journal)} was ended before it was done, and this has been changed since`,
    hint: `put it back and run it again; or take ${JOURNAL} away, and do the rest by hand`,
  });
}
