import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { commandHelp } from '../../bin/help.ts';
import { COMMANDS } from '../../src/commands/commands.ts';
import { optionsIn } from '../../src/options/definitions.ts';
import { entryLines, optionsHelp } from '../../src/yeoman/help.ts';

const GENERATORS = fileURLToPath(new URL('../../generators', import.meta.url));
const WIDTH = 80;

describe('the help', () => {
  for (const command of COMMANDS) {
    const help = commandHelp(command, GENERATORS);

    it(`of ${command.name} fits a terminal, and has each option once with what it is`, () => {
      const lines = help.split('\n');
      assert.deepEqual(
        lines.filter(line => line.length > WIDTH),
        [],
      );
      for (const [name, { value, description }] of Object.entries(optionsIn(command.options))) {
        assert.equal(lines.filter(line => new RegExp(`^ {2}--${name}( |$)`).test(line)).length, 1, name);
        const text = help.replaceAll(/\s+/g, ' ');
        assert.ok(text.includes(`--${name} ${value && `${value} `}${description}`), name);
      }
      assert.ok(help.includes(readFileSync(`${GENERATORS}/${command.name}/USAGE`, 'utf8').trim()));
    });
  }

  it('of files lists no option of databases or APIs', () => {
    const file = COMMANDS.find(({ name }) => name === 'file');
    assert.ok(file);
    assert.doesNotMatch(optionsHelp(file.options), /--(?:query-file|bookmark-param|from) /);
  });

  it('begins with what is needed most: of an API what there is of it', () => {
    const titles = (name: string) => COMMANDS.find(command => command.name === name)?.options.map(({ title }) => title);
    assert.equal(titles('api')?.[0], 'From what you have of the API');
    assert.equal(titles('stream')?.[0], 'The stream that is added');
    assert.equal(titles('schema')?.[0], 'Where the records are');
  });

  it('has a name that leaves no room on a line of its own', () => {
    const [first, second] = entryLines(`--${'x'.repeat(30)}`, 'What it is');
    assert.equal(first, `  --${'x'.repeat(30)}`);
    assert.equal(second, `${' '.repeat(28)}What it is`);
  });
});
