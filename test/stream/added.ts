import assert from 'node:assert/strict';

/** Asserts that lines were added to a text and nothing else, but for a comma; or that characters were, where all is on one line. */
export function assertOnlyAdded(before: string, after: string, unit: 'lines' | 'characters' = 'lines'): void {
  const parts = (text: string) =>
    unit === 'characters' ? [...text] : text.split('\n').map(line => line.replace(/,(?=\s*(?:#.*)?$)/, ''));
  const added = parts(after);
  let at = 0;
  for (const part of parts(before)) {
    at = added.indexOf(part, at) + 1;
    assert.ok(at > 0, `${JSON.stringify(part)} is gone or has moved:\n${after}`);
  }
}
