import type { Sequence } from './edit/sequence.ts';
import { separated, topLevel } from './parse.ts';
import type { SyntaxNode } from './syntax-node.ts';

/** A statement `from module import names`; an `import module` has no names. */
export interface Import {
  readonly from: number;
  readonly to: number;
  readonly module: string;
  /** What is imported, as written: `Deals`, `Deals as D`, `*`. */
  readonly names: readonly string[];
  /** Where the names stand, to add one. */
  readonly sequence: Sequence;
}

/** The top of a Python file as far as imports are concerned. */
export interface Header {
  /** The imports at the top, before the first other statement. */
  readonly imports: readonly Import[];
  /** The top-level imports further down. */
  readonly later: readonly Import[];
  readonly docstring: SyntaxNode | undefined;
  /** The first statement that is neither an import nor the docstring. */
  readonly body: SyntaxNode | undefined;
}

/** Reads the imports of a Python file; undefined if it doesn't parse. */
export function readHeader(source: string): Header | undefined {
  const statements = topLevel(source)?.filter(node => node.name !== 'Comment');
  if (!statements) return undefined;
  const docstring =
    statements[0]?.name === 'ExpressionStatement' && isString(statements[0]) ? statements[0] : undefined;
  const body = statements.find(node => node.name !== 'ImportStatement' && node !== docstring);
  const imports = statements.filter(node => node.name === 'ImportStatement').map(node => readImport(source, node));
  const start = body?.from ?? source.length;
  return {
    docstring,
    body,
    imports: imports.filter(({ from }) => from < start),
    later: imports.filter(({ from }) => from > start),
  };
}

function isString(statement: SyntaxNode): boolean {
  return ['String', 'ContinuedString'].includes(statement.firstChild?.name ?? '');
}

export function readImport(source: string, node: SyntaxNode): Import {
  const parts = node.children;
  const keyword = parts.findIndex(part => part.name === 'import');
  const text = (nodes: readonly SyntaxNode[]) => nodes.map(part => source.slice(part.from, part.to)).join('');
  const behind = parts.slice(keyword + 1);
  const bare = keyword === 0;
  const inner = behind.filter(part => part.name !== '(' && part.name !== ')');
  const elements = separated(inner);
  return {
    from: node.from,
    to: node.to,
    module: bare ? text(behind) : text(parts.slice(1, keyword)),
    names: bare ? [] : elements.map(({ from, to }) => source.slice(from, to).replace(/\s+/g, ' ')),
    sequence: { open: behind[0]?.to ?? node.to, close: node.to - (behind.at(-1)?.name === ')' ? 1 : 0), elements },
  };
}

/** The name that an import binds in the file: `D` of `Deals as D`. */
export function boundName(name: string): string {
  return name.split(' as ').at(-1) ?? name;
}
