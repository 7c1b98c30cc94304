import assert from 'node:assert/strict';
import { nearDifferences } from '../../src/yeoman/differences.ts';

const lines = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => ` line ${from + index}\n`).join('');
const TITLE = [
  { message: '\n' },
  { message: 'removed', color: 'removed' },
  { message: '' },
  { message: 'added', color: 'added' },
  { message: '\n\n' },
];
const CHANGE = [
  { message: '-old', color: 'removed' },
  { message: '\n' },
  { message: '+new', color: 'added' },
  { message: '\n' },
];
const shown = (...parts: readonly { readonly message: string; readonly color?: string }[]) =>
  nearDifferences([...TITLE, ...parts, { message: '\n\n' }])
    .map(({ message }) => message)
    .join('');

describe('the differences of a file', () => {
  it('are shown with three lines around each, and what is left out is counted', () => {
    const text = shown({ message: lines(1, 20) }, ...CHANGE, { message: lines(21, 40) }, ...CHANGE, {
      message: lines(41, 60),
    });
    const title = '\nremoved added\n\n';
    const change = '-old\n+new\n';
    const [before, between, after] = [
      ` … 17 lines as they are\n${lines(18, 20)}`,
      `${lines(21, 23)} … 14 lines as they are\n${lines(38, 40)}`,
      `${lines(41, 43)} … 17 lines as they are\n`,
    ];
    assert.equal(text, `${title}${before}${change}${between}${change}${after}\n\n`);
  });

  it('are shown whole where nearly nothing would be left out', () => {
    const parts = [{ message: lines(1, 4) }, ...CHANGE, { message: lines(5, 11) }, ...CHANGE];
    assert.equal(shown(...parts), `\nremoved added\n\n${parts.map(({ message }) => message).join('')}\n\n`);
  });
});
