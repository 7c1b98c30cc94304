/**
 * Text that Markdown and MDX show as it is, on one line and inside a table cell too.
 * Backslash escapes are CommonMark's (section 2.4); `{` and `<` would be code in MDX.
 */
export function markdownText(text: string): string {
  return text
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .replaceAll(/[\\`*_{}[\]<>#|~$&!]/g, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2')
    .replace(/^([-+=])/, '\\$1');
}

/** Text in a code span; a span can't hold a backtick or a line break, and a table's cell no unescaped pipe. */
export function markdownCode(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ').replaceAll('|', '\\|');
  return line.includes('`') ? `\`\` ${line.replaceAll('``', "''")} \`\`` : `\`${line}\``;
}

/** A table from a header and rows of ready Markdown. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n');
}
