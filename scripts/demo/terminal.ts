import { styleText } from 'node:util';

type Style = 'bold' | 'dim' | 'cyan' | 'green' | 'red';

/** No line is longer, so that the output stands in a plain terminal window. */
const WIDTH = 92;
const LONGEST_CELL = 24;

/** Whether to colour: only for a terminal that can show it, and not where NO_COLOR asks for none. */
const colours = process.stdout.isTTY && process.stdout.hasColors();

/** Text in a style, where there are colours. */
export function style(style: Style, text: string): string {
  return colours ? styleText(style, text) : text;
}

/** Prints lines, indented. */
export function say(...lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(line ? `  ${line}\n` : '\n');
}

/** Prints a command as one would type it. */
export function sayCommand(command: string): void {
  say('', `${style('dim', '$')} ${style('cyan', command)}`);
}

/** Lines of a table: a header, and rows of which numbers stand to the right. */
export function tableLines(header: readonly string[], rows: readonly (readonly unknown[])[]): string[] {
  const cells = [header, ...rows.map(row => row.map(textOf))];
  const widths = header.map((_, column) => Math.max(...cells.map(row => [...(row[column] ?? '')].length)));
  const right = header.map((_, column) => rows.every(row => isNumeric(row[column])));
  const lines = cells.map(row =>
    row.map((cell, column) => padded(cell, widths[column] ?? 0, right[column])).join('  '),
  );
  return lines.map((line, index) => (index === 0 ? style('dim', line.trimEnd()) : line.trimEnd()));
}

/** The records as a table of as many columns as fit; the header's last word says how many don't. */
export function recordLines(records: readonly Readonly<Record<string, unknown>>[]): string[] {
  const columns = Object.keys(records[0] ?? {});
  const shown = columns.filter(
    (_, index) => widthOf(columns.slice(0, index + 1), records) <= WIDTH - '  … 99 more'.length,
  );
  const rest = columns.length - shown.length;
  const more = rest > 0 ? [`… ${rest} more`] : [];
  return tableLines(
    [...shown, ...more],
    records.map(record => [...shown.map(column => shortened(record[column])), ...more.map(() => '')]),
  );
}

function widthOf(columns: readonly string[], records: readonly Readonly<Record<string, unknown>>[]): number {
  const widest = (column: string) =>
    Math.max(...[column, ...records.map(record => textOf(shortened(record[column])))].map(text => [...text].length));
  return columns.reduce((sum, column) => sum + widest(column) + 2, 0);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** A value that fits into a column: numbers stay numbers, and other values are one short line. */
function shortened(value: unknown): unknown {
  if (isNumeric(value)) return value;
  const characters = [...textOf(value).replaceAll(/\s+/g, ' ')];
  return characters.length > LONGEST_CELL ? `${characters.slice(0, LONGEST_CELL - 1).join('')}…` : characters.join('');
}

function isNumeric(value: unknown): boolean {
  return typeof value === 'number' || value === null;
}

function padded(text: string, width: number, right = false): string {
  const space = ' '.repeat(Math.max(width - [...text].length, 0));
  return right ? space + text : text + space;
}
