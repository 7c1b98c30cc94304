import assert from 'node:assert/strict';
import { UserError } from '../../src/base/problems.ts';

/** Asserts that an edit only put text in: taking it out again gives the former bytes. A comma may be put in apart. */
export function assertOnlyInserted(before: string, after: string): void {
  assert.ok(isInsertion(before, after), `more than insertions:\n${JSON.stringify(before)}\n${JSON.stringify(after)}`);
}

function isInsertion(before: string, after: string): boolean {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < before.length - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  if (start + end === before.length) return true;
  return after[start] === ',' && isInsertion(before.slice(start), after.slice(start + 1));
}

/** Makes an edit, asserts that it only inserts and that a second run changes nothing, and gives the result. */
export function edited(before: string, edit: (text: string) => string): string {
  const after = edit(before);
  assertOnlyInserted(before, after);
  assert.equal(edit(after), after, 'a second run changes the file');
  return after;
}

/** Asserts that an edit is refused with an error for the user, whose text has all these parts. */
export function assertRefused(edit: () => unknown, ...parts: readonly string[]): void {
  assert.throws(edit, error => {
    assert.ok(error instanceof UserError, String(error));
    for (const part of parts) assert.ok(error.message.includes(part), `no ${part} in: ${error.message}`);
    return true;
  });
}
