import { parser } from '@lezer/python';

/**
 * Excuses the lines, counted from one, that can't be broken, however long names and texts of users are; each where the
 * linters look for it: a text of several lines behind its last.
 */
export function excuseLines(source: string, rows: readonly number[]): string {
  const lines = source.split('\n');
  const ends = lastRows(source, lines);
  const excused = new Set(rows.map(row => ends(row)));
  return lines
    .map((line, index) => (excused.has(index + 1) && !line.includes('# noqa: E501') ? `${line}  # noqa: E501` : line))
    .join('\n');
}

/** Finds the row in which a text of several rows ends; any other row is its own end. */
function lastRows(source: string, lines: readonly string[]): (row: number) => number {
  const tree = parser.parse(source);
  const ends: number[] = [];
  for (const { length } of lines) ends.push((ends.at(-1) ?? -1) + 1 + length);
  return row => {
    const node = tree.resolveInner(ends[row - 1] ?? 0, -1);
    return node.name === 'String' ? ends.findIndex(end => end >= node.to) + 1 : row;
  };
}
