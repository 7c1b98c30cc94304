/**
 * Adds to a Markdown table the rows that `previous` did not have, each before the first row that is greater, and keeps
 * everything else. A text without a table of that header is left alone: its author has dropped it.
 */
export function addTableRows(
  content: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
  previous: string,
): string {
  const eol = content.includes('\r\n') ? '\r\n' : '\n';
  const lines = content.split(eol);
  const top = lines.findIndex(line => isRow(line, header));
  if (top === -1) return content;
  for (const text of rows.map(row => `| ${row.join(' | ')} |`).filter(row => !previous.includes(row))) {
    let at = top + 2;
    while (lines[at]?.startsWith('|') && firstCell(lines[at] as string) < firstCell(text)) at += 1;
    if (!tableRows(lines, top).some(row => firstCell(row) === firstCell(text))) lines.splice(at, 0, text);
  }
  return lines.join(eol);
}

/** The rows of the table with its header in this line. */
function tableRows(lines: readonly string[], top: number): readonly string[] {
  const end = lines.findIndex((line, index) => index > top && !line.startsWith('|'));
  return lines.slice(top + 2, end === -1 ? undefined : end);
}

function isRow(line: string, cells: readonly string[]): boolean {
  const found = line.split('|').slice(1, -1);
  return found.length === cells.length && found.every((cell, index) => cell.trim() === cells[index]);
}

function firstCell(row: string): string {
  return row.split('|')[1]?.trim() ?? '';
}
