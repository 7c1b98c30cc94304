import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { COMMANDS } from '../../src/commands/commands.ts';
import { KINDS } from '../../src/kinds/registry.ts';
import { optionsIn } from '../../src/options/definitions.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const SOURCE = join(ROOT, 'src');

describe('the rooms that all kinds share', () => {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .map(path => path.replaceAll('\\', '/'))
    // Descriptions are of APIs alone.
    .filter(path => path.endsWith('.ts') && !/^(?:kinds|from)\//.test(path));

  it('compare with no kind by its name', () => {
    const names = KINDS.map(({ name }) => name).join('|');
    // `file` is a word of other things as well; a kind is meant where it is compared or said to be one.
    const named = new RegExp(`\\b(?:kind|kindName)\\b[^\\n]{0,12}'(?:${names})'|'(?:api|sql)'`);
    const found = files.filter(path => named.test(readFileSync(join(SOURCE, path), 'utf8')));
    assert.deepEqual(found, []);
  });
});

describe('the table of commands', () => {
  it('has a door and a USAGE for each, and no door has no command', () => {
    const names = COMMANDS.map(({ name }) => name).sort();
    assert.deepEqual(readdirSync(join(ROOT, 'generators')).sort(), names);
    for (const name of names)
      for (const file of ['index.ts', 'USAGE']) assert.ok(existsSync(join(ROOT, 'generators', name, file)), name);
  });

  it('shows an option of a stream only where a kind takes it', () => {
    const options = (name: string) =>
      Object.keys(optionsIn(COMMANDS.find(command => command.name === name)?.options ?? []));
    assert.ok(!options('file').includes('query-file'));
    assert.ok(options('sql').includes('query-file'));
    assert.ok(options('stream').includes('query-file'));
  });
});
