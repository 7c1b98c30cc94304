import { sum } from 'lodash-es';

/** Cells aren't cut shorter than this. */
const MIN_CELL = 6;

/** Rows as lines of aligned columns, of which the widest give way where a line would be longer than `width`. */
export function aligned(rows: readonly (readonly string[])[], width = Number.POSITIVE_INFINITY): string[] {
  const widths = narrowed(
    (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0))),
    width,
  );
  return rows.map(row => `  ${row.map((text, column) => fitted(text, widths[column] ?? 0)).join('  ')}`.trimEnd());
}

/** A text for a cell: one line, without what terminals act on. */
export function cellText(text: string, maximum: number): string {
  const line = text.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ');
  return line.length > maximum ? `${line.slice(0, maximum - 1)}…` : line;
}

/** The widths of columns of which the widest give way, for lines of that width with two spaces before each column. */
function narrowed(widths: readonly number[], width: number): number[] {
  const fitting = [...widths];
  for (let over = sum(fitting) + 2 * fitting.length - width; over > 0; over -= 1) {
    const widest = Math.max(...fitting);
    if (widest <= MIN_CELL) break;
    fitting[fitting.indexOf(widest)] = widest - 1;
  }
  return fitting;
}

function fitted(text: string, width: number): string {
  return (text.length > width ? `${text.slice(0, width - 1)}…` : text).padEnd(width);
}
