import type { Dialect } from './dialects/dialect.ts';

/** A saved query as it is read: its text without a semicolon at its end, or why it is none. */
export type QueryText = { readonly text: string } | { readonly fault: string };

/** What a statement that gives rows begins with, in one database or another. */
const QUERY_WORDS = ['SELECT', 'WITH', 'VALUES', 'TABLE', 'FROM'];

/** A token of SQL; what is in comments, texts and quoted names means nothing, and a token of a quote alone is one that nothing closes. */
interface Token {
  readonly text: string;
  readonly at: number;
  readonly quoted: boolean;
}

/** Reads what a user gave as a saved query, by the rules of its database for texts and comments. */
export function readQuery(given: string, dialect: Dialect): QueryText {
  const text = given.replace(/^\uFEFF/, '');
  if (text.includes('\0')) return { fault: 'has NUL characters' };
  const tokens = tokensOf(text, dialect);
  const end = tokens.findLastIndex(token => token.text !== ';') + 1;
  const fault = statementFault(tokens.slice(0, end));
  if (fault) return { fault };
  const semicolons = tokens.slice(end).reverse();
  return { text: semicolons.reduce((rest, { at }) => rest.slice(0, at) + rest.slice(at + 1), text).trim() };
}

function tokensOf(text: string, { sqlText: { backslashEscapes, hashComments, brackets } }: Dialect): Token[] {
  const quoted = (quote: string, escapes: boolean) =>
    `${quote}(?:[^${quote}${escapes ? '\\\\' : ''}]|${quote}${quote}${escapes ? '|\\\\[^]' : ''})*${quote}`;
  const gaps = ['\\s+', '--[^\\n]*', '/\\*[^]*?\\*/', ...(hashComments ? ['#[^\\n]*'] : [])];
  const texts = [
    `\\b[eE]${quoted("'", true)}`,
    ...["'", '"', '`'].map(quote => quoted(quote, backslashEscapes)),
    '(?<dollar>\\$(?:[A-Za-z_]\\w*)?\\$)[^]*?\\k<dollar>',
    ...(brackets ? ['\\[[^\\]]*\\]'] : []),
  ];
  const pattern = new RegExp(`(?<gap>${gaps.join('|')})|(?<quoted>${texts.join('|')})|\\w+|/\\*|[^]`, 'g');
  return [...text.matchAll(pattern)]
    .filter(({ groups }) => groups?.gap === undefined)
    .map(match => ({ text: match[0], at: match.index, quoted: match.groups?.quoted !== undefined }));
}

function statementFault(tokens: readonly Token[]): string | undefined {
  const first = tokens.find(({ text }) => text !== '(')?.text;
  if (first === undefined) return 'has no query';
  if (!QUERY_WORDS.includes(first.toUpperCase()))
    return `must be a query such as a SELECT, and begins with ${first.slice(0, 20)}`;
  let open = 0;
  for (const { text } of tokens.filter(({ quoted }) => !quoted)) {
    if (["'", '"', '`', '/*'].includes(text)) return `has a ${text} that nothing closes`;
    open += text === '(' ? 1 : text === ')' ? -1 : 0;
    if (open < 0) return 'has a ) that nothing opens';
    if (text === ';') return 'has more than one statement';
  }
  return open > 0 ? 'has a ( that nothing closes' : undefined;
}
