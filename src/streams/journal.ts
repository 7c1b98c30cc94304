import { join, relative } from 'node:path';
import { UserError } from '../base/problems.ts';
import { readText } from '../base/read-text.ts';
import {
  JOURNAL,
  type Journal,
  readJournal,
  refuseUnfinished,
  runOf,
  type Step,
  type StreamEdit,
} from '../changes/writing/journal.ts';
import type { FileWrite } from '../changes/writing/write-in-order.ts';
import type { Action } from './action.ts';
import type { ConnectorChange, StreamRun } from './plan.ts';

/** The writes of a run with those of its journal around them. */
export function journaled(
  folder: string,
  { from, to }: StreamEdit,
  writes: readonly FileWrite[],
): readonly FileWrite[] {
  const path = join(folder, JOURNAL);
  const inside = (file: string) => relative(folder, file).replaceAll('\\', '/');
  const files = writes.flatMap(write => [write.path, ...(write.from === undefined ? [] : [write.from])]);
  const journal: Journal = {
    from,
    to,
    before: Object.fromEntries(files.map(file => [inside(file), readText(file) ?? null])),
    steps: writes.map(write => ({
      path: inside(write.path),
      content: write.content?.toString(),
      from: write.from && inside(write.from),
    })),
  };
  return [{ path, content: `${JSON.stringify(journal)}\n` }, ...writes, { path, content: undefined }];
}

/** Refuses all but what reads only, and the very run that was ended halfway. */
export function refuseOtherRun(folder: string, action: Action): void {
  if (action.does === 'list') return;
  const journal = readJournal(folder);
  const isSame = action.does === 'edit' && action.name === journal?.from && action.renamed === journal.to;
  if (!isSame) refuseUnfinished(folder);
}

/**
 * The rest of a run that was ended, if there is one. Throws a UserError where one of its files is neither what it was nor
 * what the run made of it.
 */
export function restOfRun(folder: string): StreamRun | undefined {
  const journal = readJournal(folder);
  if (!journal) return undefined;
  const now = new Map(Object.keys(journal.before).map(path => [path, readText(join(folder, path))]));
  const states = statesOf(journal);
  const done = states.findLastIndex(state => [...state].every(([path, text]) => now.get(path) === text));
  if (done < 0) throw changedSince(folder, journal, states, now);
  const absolute = ({ path, content, from }: Step): FileWrite => ({
    path: join(folder, path),
    content,
    from: from && join(folder, from),
  });
  const changes = [...(states.at(-1) ?? [])].map(([path, text]): ConnectorChange => {
    const before = now.get(path);
    const removed = text === undefined && before !== undefined;
    return { path: join(folder, path), before, content: text ?? '', ask: false, removed };
  });
  const end = { path: join(folder, JOURNAL), content: undefined };
  return {
    folder,
    changes: changes.filter(({ before, content }) => before !== undefined || content !== ''),
    writes: [...journal.steps.slice(done).map(absolute), end],
    notes: [`this completes a run that was ended before it was done`],
    byHand: [],
  };
}

/** The texts of all files before the first step and after each. */
function statesOf({ before, steps }: Journal): ReadonlyMap<string, string | undefined>[] {
  const states = [new Map(Object.entries(before).map(([path, text]) => [path, text ?? undefined]))];
  for (const { path, content, from } of steps) {
    const next = new Map(states.at(-1)).set(path, content);
    states.push(from === undefined ? next : next.set(from, undefined));
  }
  return states;
}

function changedSince(
  folder: string,
  journal: Journal,
  states: readonly ReadonlyMap<string, string | undefined>[],
  now: ReadonlyMap<string, string | undefined>,
): UserError {
  const changed = [...now].find(([path, text]) => !states.some(state => state.get(path) === text))?.[0];
  return new UserError({
    where: join(folder, changed ?? ''),
    message: `${runOf(journal)} was ended before it was done, and this has been changed since`,
    hint: `put it back and run it again; or take ${JOURNAL} away, and do the rest by hand`,
  });
}
