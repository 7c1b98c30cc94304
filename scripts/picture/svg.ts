import type { Cell } from './screen.ts';

/** The 16 colours of a terminal, on a dark ground. */
const COLOURS: Readonly<Record<number, string>> = {
  ...{
    30: '#484f58',
    31: '#ff7b72',
    32: '#7ee787',
    33: '#e3b341',
    34: '#79c0ff',
    35: '#d2a8ff',
    36: '#76e3ea',
    37: '#c9d1d9',
  },
  ...{
    90: '#8b949e',
    91: '#ffa198',
    92: '#a5f3b0',
    93: '#f2cc60',
    94: '#a5d6ff',
    95: '#e2c5ff',
    96: '#b3f0ff',
    97: '#f0f6fc',
  },
};
const GROUND = '#0d1117';
const TEXT = '#c9d1d9';
const [WIDTH, HEIGHT, EDGE, BAR] = [8, 18, 18, 34];

/** A terminal's window as SVG: plain text in one font, so that it is small and can be searched. */
export function terminalSvg(rows: readonly (readonly Cell[])[], columns: number, title: string): string {
  const [width, height] = [columns * WIDTH + 2 * EDGE, rows.length * HEIGHT + BAR + EDGE];
  const buttons = ['#ff5f56', '#ffbd2e', '#27c93f'].map(
    (fill, index) => `<circle cx="${EDGE + 6 + index * 20}" cy="18" r="6" fill="${fill}"/>`,
  );
  const lines = rows.flatMap((row, index) => rowText(row, BAR + (index + 1) * HEIGHT - 4));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" rx="8" fill="${GROUND}"/>`,
    ...buttons,
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13" fill="${TEXT}" xml:space="preserve">`,
    ...lines,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function rowText(row: readonly Cell[], y: number): string[] {
  const runs = runsOf(row);
  if (runs.length === 0) return [];
  const spans = runs.map(
    ({ text, at, cell }) =>
      `<tspan x="${EDGE + at * WIDTH}" textLength="${text.length * WIDTH}"${styleOf(cell)}>${escaped(text)}</tspan>`,
  );
  return [`<text y="${y}">${spans.join('')}</text>`];
}

/** Neighbours that look alike, without the space at their ends. */
function runsOf(row: readonly Cell[]): { text: string; at: number; cell: Cell }[] {
  const runs: { text: string; at: number; cell: Cell }[] = [];
  row.forEach((cell, at) => {
    const last = runs.at(-1);
    if (last && styleOf(last.cell) === styleOf(cell)) last.text += cell.text;
    else runs.push({ text: cell.text, at, cell });
  });
  return runs.flatMap(({ text, at, cell }) => {
    const trimmed = text.trim();
    return trimmed === '' ? [] : [{ text: trimmed, at: at + text.indexOf(trimmed), cell }];
  });
}

function styleOf({ colour, bold, dim }: Cell): string {
  const fill = colour === undefined ? '' : ` fill="${COLOURS[colour]}"`;
  return `${fill}${bold ? ' font-weight="bold"' : ''}${dim ? ' opacity="0.6"' : ''}`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
