import assert from 'node:assert/strict';
import { composedText } from './support.ts';

const HOOKS = `
    def prepare(self, rows):
        """Before it."""

    def change(self, rows, more=None):
        return rows

    def windows(self, rows):
        """Once for each window."""
        yield rows

    def extra(self, *args):
        yield from ()
`;

/** The body of a method that calls hooks, once composed. */
function bodyOf(body: string, roots: readonly string[] = []): string {
  const lines = body.split('\n').map(line => (line ? `        ${line}` : ''));
  const source = `class Base:\n    def run(self, rows):\n${lines.join('\n')}\n${HOOKS}`;
  const classes = [{ name: 'Base', as: 'Base', features: [] }];
  const text = composedText({ 'kinds/x/base.py': source }, { classes, roots: ['run', ...roots] });
  const [, run = ''] = text.split('def run(self, rows):\n');
  return run.trimEnd().replaceAll(/^ {8}/gm, '');
}

describe('hooks that do nothing', () => {
  const cases: Readonly<Record<string, [string, string]>> = {
    'a call is a statement of its own': ['self.prepare(rows)\nreturn rows', 'return rows'],
    'a value that passes through': ['rows = self.change(rows, more=[1])\nreturn rows', 'return rows'],
    'a value of an object': ['self.rows = self.change(self.rows)\nreturn rows', 'return rows'],
    'the comment above goes too': [
      '# First.\n# Second.\nself.prepare(rows)\n# Third.\nreturn rows',
      '# Third.\nreturn rows',
    ],
    'but not one further above': ['# Kept.\n\n# Gone.\nself.prepare(rows)\nreturn rows', '# Kept.\n\nreturn rows'],
    'so does one behind': ['self.prepare(rows)  # Gone.\nreturn rows', 'return rows'],
    'empty lines on both sides': ['a = 1\n\nself.prepare(a)\n\nreturn a', 'a = 1\n\nreturn a'],
    'an empty line behind': ['a = 1\nself.prepare(a)\n\nreturn a', 'a = 1\n\nreturn a'],
    'an empty line above': ['a = 1\n\nself.prepare(a)\nreturn a', 'a = 1\n\nreturn a'],
    'several lines': ['rows = self.change(\n    rows,\n    more=1,\n)\nreturn rows', 'return rows'],
    'at the end of a block': [
      'if rows:\n    rows = 1\n\n    self.prepare(rows)\nreturn rows',
      'if rows:\n    rows = 1\n\nreturn rows',
    ],
    'below a docstring': ['"""Do it."""\nself.prepare(rows)', '"""Do it."""'],
    'nothing is yielded': ['yield rows\nyield from self.extra(rows)', 'yield rows'],
    'a loop is its body': [
      '# All.\nfor rows in self.windows(rows):\n    # Inside.\n    for row in rows:\n        yield row\n\n    self.done = True\nreturn',
      '# Inside.\nfor row in rows:\n    yield row\n\nself.done = True\nreturn',
    ],
    'loops in loops, with other hooks and texts of several lines': [
      'for rows in self.windows(rows):\n    for rows in self.windows(rows):\n        self.prepare(rows)\n        text = """a\n            b"""\n        yield text',
      'text = """a\n            b"""\nyield text',
    ],
  };
  for (const [name, [body, expected]] of Object.entries(cases)) it(name, () => assert.equal(bodyOf(body), expected));

  it('stay where they are wanted, and may then be called in any way', () => {
    const body = 'return [self.change(row) for row in rows]';
    assert.match(bodyOf(body, ['change']), /^return \[self\.change\(row\) for row in rows\]\n\n {4}def change/);
  });

  const faults: Readonly<Record<string, [string, RegExp]>> = {
    'in an expression': [
      'return self.change(rows)',
      /base\.py: in run, .* is no statement of its own: return self\.change/,
    ],
    'to another name': ['other = self.change(rows)\nreturn other', /is no statement of its own/],
    'not called': ['f = self.change\nreturn f', /is no statement of its own/],
    'a value of what gives none': ['rows = self.prepare(rows)\nreturn rows', /is no statement of its own/],
    'all of a block': [
      'if rows:\n    self.prepare(rows)\nreturn rows',
      /is all that there is in its block: self\.prepare/,
    ],
    'a loop that is left': [
      'for rows in self.windows(rows):\n    if rows:\n        break',
      /is a loop that is left or continued/,
    ],
    'a loop over something else': ['for row in self.windows(rows):\n    yield row', /is no statement of its own/],
  };
  for (const [name, [body, message]] of Object.entries(faults))
    it(`are refused: ${name}`, () => assert.throws(() => bodyOf(body), message));
});
