/** Lines of a table with columns side by side; without names of columns where there are none. */
export function table(names: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = names.length > 0 ? [names, ...rows] : rows;
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map(row => row[column]?.length ?? 0)));
  return all.map(row => `  ${row.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
}
