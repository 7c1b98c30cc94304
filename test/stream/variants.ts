/** Changes the text of a Python file. */
export type Variant = (text: string, path: string) => string;

/** The same connectors as other people would have written them. */
export const VARIANTS: Readonly<Record<string, Variant>> = {
  'as they are': text => text,
  'with CRLF': text => text.replaceAll('\n', '\r\n'),
  'with tabs': text => text.replaceAll(/^(?: {4})+/gm, indent => '\t'.repeat(indent.length / 4)),
  'with the other quotes': (text, path) =>
    path === '__init__.py' || text.includes('"""') || text.includes("f'")
      ? text
      : text.replaceAll(/['"]/g, quote => (quote === '"' ? "'" : '"')),
  'without a final newline': text => text.trimEnd(),
  'with a registry of one line': text =>
    text.replace(
      /= (\{|dict\()\n([^#]*?)\n(\}|\))/,
      (_, open, inside, close) => `= ${open}${inside.trim().replaceAll(/\s+/g, ' ').replace(/,$/, '')}${close}`,
    ),
  'with a registry in two steps': text =>
    text.replace(/(STREAMS = \{\n)((?:.*\n)+?)( +\S+: \w+,?\n)\}/, '$1$2}\nSTREAMS.update({\n$3})'),
  'with entries one by one': text =>
    text.replace(/(STREAMS = \{\n)((?:.*\n)+?) +(\S+): (\w+),?\n\}/, '$1$2}\nSTREAMS[$3] = $4'),
  'with a registry in another': text =>
    text.replace(/STREAMS = \{\n([\s\S]*?)\n\}/, 'CORE_STREAMS = {\n$1\n}\n\nSTREAMS = {\n    **CORE_STREAMS,\n}'),
};
