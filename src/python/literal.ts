/** Values that Python literals can stand for. */
export type LiteralValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly LiteralValue[]
  | { readonly [key: string]: LiteralValue };

/** Longest piece of a string on one line, so that Mage's limit of 100 columns holds at the depths where we write literals. */
const PIECE = 72;

/**
 * The Python literal of a value: `None`, `True`, numbers, quoted strings, lists and dicts.
 * Whatever a string holds, the literal is an expression of that string and nothing else; a long one is split into
 * adjacent pieces in parentheses.
 */
export function pythonLiteral(value: LiteralValue): string {
  if (value === null || value === undefined) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'number') return numberLiteral(value);
  if (typeof value === 'string') return stringLiteral(value);
  if (Array.isArray(value)) return `[${value.map(pythonLiteral).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, item]) => dictEntry(stringLiteral(key), item as LiteralValue))
    .join(', ')}}`;
}

/** A key and its value; where a line can't hold both, a text is split below its key, since formatters don't. */
function dictEntry(key: string, value: LiteralValue): string {
  const literal = pythonLiteral(value);
  if (typeof value !== 'string' || literal.startsWith('(') || key.length + literal.length <= PIECE)
    return `${key}: ${literal}`;
  return `${key}: ${stringLiteral(value, Math.ceil((literal.length - 2) / 2))}`;
}

/** A tuple of values, which is what constants that nobody may change are made of. */
export function pythonTuple(values: readonly LiteralValue[]): string {
  return `(${values.map(pythonLiteral).join(', ')}${values.length === 1 ? ',' : ''})`;
}

const PLACEHOLDER = /\{([a-z][a-z0-9_]*)\}/;

/** The Python expression of text in which `{key}` stands for an item of `mapping`, itself an expression of ours. */
export function pythonTemplate(text: string, mapping: string): string {
  const [whole, key] = text.match(PLACEHOLDER) ?? [];
  if (!key) return pythonLiteral(text);
  if (whole === text) return `${mapping}['${key}']`;
  const format = formatText(text);
  const literal = pythonLiteral(format);
  // A formatter breaks no line inside a text that a method follows.
  return `${literal.length > PIECE / 2 ? stringLiteral(format, PIECE / 2) : literal}.format_map(${mapping})`;
}

/** Text for Python's `str.format`: braces that are no placeholder are doubled. */
export function formatText(text: string): string {
  return text
    .split(/(\{[a-z][a-z0-9_]*\})/)
    .map(part => (PLACEHOLDER.test(part) ? part : part.replaceAll(/[{}]/g, '$&$&')))
    .join('');
}

function numberLiteral(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`no Python literal for ${value}`);
  return String(value);
}

function stringLiteral(text: string, length = PIECE): string {
  const pieces = splitText(text, length).map(piece => `'${[...piece].map(escapeCharacter).join('')}'`);
  return pieces.length === 1 ? (pieces[0] as string) : `(${pieces.join('\n')})`;
}

/** The literal of a text on one line, in the quotes that Ruff chooses: single ones, unless double ones need fewer escapes. */
export function pythonString(text: string): string {
  // Nearly all texts are plain.
  if (/^[\x20-\x7e]*$/.test(text) && !/['\\]/.test(text)) return `'${text}'`;
  const quote = text.split("'").length > text.split('"').length ? '"' : "'";
  const other = quote === "'" ? '"' : "'";
  const body = [...text].map(character =>
    character === quote ? `\\${quote}` : character === other ? other : escapeCharacter(character),
  );
  return quote + body.join('') + quote;
}

/** Cuts at spaces where there are some, and never inside a surrogate pair. Escapes count for what they will take. */
function splitText(text: string, length: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  let width = 0;
  for (const character of text) {
    const size = escapeCharacter(character).length;
    if (width + size > length || (character === ' ' && width > length - 12 && piece.endsWith(' '))) {
      const cut = piece.lastIndexOf(' ') + 1 || piece.length;
      pieces.push(piece.slice(0, cut));
      piece = piece.slice(cut);
      width = [...piece].reduce((sum, item) => sum + escapeCharacter(item).length, 0);
    }
    piece += character;
    width += size;
  }
  return [...pieces, piece];
}

/** Printable characters stand for themselves; all that could end a string, break a line or turn the text around is escaped. */
function escapeCharacter(character: string): string {
  if (character === '\\' || character === "'") return `\\${character}`;
  // Most are of ASCII, and the classes of Unicode take long to be set up.
  if (character >= ' ' && character <= '~') return character;
  if (character === '\n') return '\\n';
  if (character === '\t') return '\\t';
  if (character === '\r') return '\\r';
  if (/^[\p{L}\p{N}\p{P}\p{S}\p{M} ]$/u.test(character)) return character;
  const code = character.codePointAt(0) as number;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
}

/**
 * Text for the inside of a docstring: wrapped to 88 columns, with nothing in it that could end it or be an escape.
 * `indent` is put before every line but the first.
 */
export function docstringText(text: string, indent = ''): string {
  // Spaces go last: what is left out may have stood between them, or after a quote at the end.
  const clean = [...text.replace(/\s/gu, ' ')]
    .filter(character => /^[\p{L}\p{N}\p{P}\p{S}\p{M} ]$/u.test(character))
    .join('')
    .replace(/ +/g, ' ')
    .trim();
  const safe = clean.replaceAll('\\', '/').replaceAll('"""', "'''").replace(/"$/, "'");
  return wrap(safe, 88 - indent.length).join(`\n${indent}`);
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap(part => part.match(new RegExp(`.{1,${width}}`, 'gsu')) ?? [])) {
    if (line && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return line ? [...lines, line] : lines;
}

/** A JSON value whose texts are ready for Python's `str.format`. */
export function formatTexts(value: unknown): unknown {
  if (typeof value === 'string') return formatText(value);
  if (Array.isArray(value)) return value.map(formatTexts);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, formatTexts(item)]));
}
