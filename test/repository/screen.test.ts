import assert from 'node:assert/strict';
import { Screen } from '../../scripts/picture/screen.ts';
import { terminalSvg } from '../../scripts/picture/svg.ts';

const shown = (output: string, columns = 20) =>
  new Screen(columns).write(output).rows.map(row => row.map(({ text }) => text).join(''));

describe('the picture of a terminal', () => {
  it('shows what is left when prompts have gone back, erased and written again', () => {
    assert.deepEqual(shown('? Name\r\nhint\x1b[1A\x1b[2K\x1b[G✔ Name Acme\x1b[J\r\nnext'), ['✔ Name Acme', 'next']);
    assert.deepEqual(shown('ab\x1b[1Dc\x1b[3Gd\x1b[K'), ['acd']);
    assert.deepEqual(shown('abcdef', 4), ['abcd', 'ef']);
    assert.throws(() => shown('\x1b[3;4H'), /doesn't know: 3;4H/);
  });

  it('has the colours, and text that is text', () => {
    const { rows } = new Screen(20).write('\x1b[32m\x1b[1m<ok>\x1b[22m\x1b[39m  & \x1b[2mdim\x1b[0m');
    const svg = terminalSvg(rows, 20, 'a run');
    assert.match(svg, /<tspan x="18" textLength="32" fill="#7ee787" font-weight="bold">&lt;ok&gt;<\/tspan>/);
    assert.match(svg, />&amp;<\/tspan><tspan [^>]*opacity="0.6">dim</);
  });
});
