/**
 * Text that Markdown and MDX show as it is, on one line and inside a table cell too.
 * Backslash escapes are CommonMark's (section 2.4); `{` and `<` would be code in MDX.
 */
export function markdownText(text: string): string {
  return visible(text)
    .trim()
    .replaceAll(/[\\`*_{}[\]<>#|~$&!]/g, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2')
    .replace(/^([-+=])/, '\\$1');
}

/**
 * Text in a code span, without what a reader can't see. A span can't be empty, and a table's cell ends at a pipe that isn't
 * escaped, or whose backslash is (GFM, section 4.10): such text stands there without a span.
 */
export function markdownCode(text: string): string {
  const plain = visible(text);
  if (plain.trim() === '' || plain.includes('\\|')) return markdownText(text) || '–';
  const line = plain.replaceAll('|', '\\|');
  return line.includes('`') ? `\`\` ${line.replaceAll('``', "''")} \`\`` : `\`${line}\``;
}

/** On one line, without control characters and those that turn the direction of text around. */
function visible(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '');
}

/** A table from a header and rows of ready Markdown. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n');
}
