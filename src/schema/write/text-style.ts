/** How a JSON file is written. */
export interface TextStyle {
  /** One step of indentation. */
  readonly unit: string;
  readonly eol: string;
  /** What stands behind a colon. */
  readonly space: string;
  /** Are lists of types on one line? */
  readonly inlineLists: boolean;
  /** Is all of a value on one line? */
  readonly inline?: boolean;
}

/** The style of a text. */
export function styleOf(text: string): TextStyle {
  return {
    unit: /^\{\r?\n([ \t]+)/.exec(text.trimStart())?.[1] ?? '  ',
    eol: text.includes('\r\n') ? '\r\n' : '\n',
    space: /"[ \t]*:([ \t]*)/.exec(text)?.[1] ?? ' ',
    inlineLists: /"type"\s*:\s*\[[^\]\n]*\]/.test(text),
  };
}

/** A value as that style has it, the lines behind the first indented by `indent` and more. */
export function written(value: unknown, style: TextStyle, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const isList = Array.isArray(value);
  const [open, close] = isList ? '[]' : '{}';
  const inner = `${indent}${style.unit}`;
  const items = isList
    ? value.map(item => written(item, style, inner))
    : Object.entries(value).map(
        ([name, item]) => `${JSON.stringify(name)}:${style.space}${written(item, style, inner)}`,
      );
  if (items.length === 0) return `${open}${close}`;
  if (style.inline || (isList && style.inlineLists)) return `${open}${items.join(`,${style.space}`)}${close}`;
  return `${open}${style.eol}${inner}${items.join(`,${style.eol}${inner}`)}${style.eol}${indent}${close}`;
}
