import { applyEdits, modify, parse } from 'jsonc-parser';

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
    if (lines[at] === undefined || firstCell(lines[at] as string) !== firstCell(text)) lines.splice(at, 0, text);
  }
  return lines.join(eol);
}

/** Adds to a JSON object the keys that neither it nor `previous` has, at its end, and keeps everything else. */
export function addJsonKeys(content: string, values: Readonly<Record<string, unknown>>, previous: string): string {
  const known = Object.keys({ ...parse(previous), ...parse(content) });
  const eol = content.includes('\r\n') ? '\r\n' : '\n';
  const formattingOptions = {
    insertSpaces: !/^\t/m.test(content),
    tabSize: /^ +/m.exec(content)?.[0].length ?? 2,
    eol,
  };
  return Object.entries(values)
    .filter(([key]) => !known.includes(key))
    .reduce((text, [key, value]) => applyEdits(text, modify(text, [key], value, { formattingOptions })), content);
}

function isRow(line: string, cells: readonly string[]): boolean {
  const found = line.split('|').slice(1, -1);
  return found.length === cells.length && found.every((cell, index) => cell.trim() === cells[index]);
}

function firstCell(row: string): string {
  return row.split('|')[1]?.trim() ?? '';
}
