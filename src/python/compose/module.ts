import { readAsset, readBuiltAsset } from '../../base/assets.ts';
import { topLevel } from '../parse.ts';
import { readTree, type SyntaxNode, type WrittenTree } from '../syntax-node.ts';
import type { WrittenModule } from './composition.ts';
import { type ImportedName, importedNames } from './imports.ts';

export type ItemKind = 'constant' | 'function' | 'class' | 'main';

/** A definition of a module's or a class's level, with the comments above it. */
export interface Item {
  readonly module: RuntimeModule;
  readonly kind: ItemKind;
  readonly name: string;
  /** Its nodes: several for a property and its setter. */
  readonly nodes: readonly SyntaxNode[];
  /** Offset of its first line, comments included. */
  readonly from: number;
  /** Offset behind its last character. */
  readonly to: number;
  /** How many empty lines stand above it; undefined where no constant stands above it. */
  readonly gap: number | undefined;
}

/** A real module of Python, taken apart. */
export interface RuntimeModule {
  /** Below `src`. */
  readonly path: string;
  /** As it is imported, such as `kinds.api.python.client`. */
  readonly dotted: string;
  readonly source: string;
  readonly imports: readonly ImportedName[];
  readonly items: readonly Item[];
  /** Where names stand that other names were put in the place of. */
  readonly renamed: readonly number[];
}

/** The real modules, each read and parsed once. */
export class Library {
  private readonly modules = new Map<string, RuntimeModule>();
  private readonly writtenModules = new Map<string, RuntimeModule>();
  private readonly read: (path: string) => string;
  private readonly readParsed: (path: string) => WrittenTree | undefined;

  /** `readParsed` gives a module's tree, where it has been parsed before. */
  constructor(read: (path: string) => string, readParsed: (path: string) => WrittenTree | undefined = () => undefined) {
    this.read = read;
    this.readParsed = readParsed;
  }

  /** The module at a path below `src`. Throws an Error if it can't be composed from. */
  module(path: string): RuntimeModule {
    const module = this.modules.get(path) ?? this.fresh(path);
    this.modules.set(path, module);
    return module;
  }

  private fresh(path: string): RuntimeModule {
    const source = this.read(path);
    const parsed = this.readParsed(path);
    return readModule(path, source, parsed ? readTree(parsed).children : topLevel(source));
  }

  /** A module that was written; the streams of a connector are often written alike, and taken apart once. */
  written({ path, source }: WrittenModule): RuntimeModule {
    const module = this.writtenModules.get(source) ?? readModule(path, source);
    this.writtenModules.set(source, module);
    return module;
  }
}

/** Where the build puts the tree of a module, by the module's path. */
export function parsedPath(path: string): string {
  return `${path}.json`;
}

/** The modules that come with the program. */
export const LIBRARY = new Library(readAsset, path => readBuiltAsset(parsedPath(path)) as WrittenTree | undefined);

/** Takes a module apart. Throws an Error if it doesn't parse, or has statements that are neither imports nor definitions. */
export function readModule(path: string, source: string, parsed = topLevel(source)): RuntimeModule {
  const statements = parsed?.filter(({ name }) => name !== 'Comment');
  if (!statements) throw new Error(`${path} is not valid Python`);
  const isImport = ({ name }: SyntaxNode) => name === 'ImportStatement';
  const items: Item[] = [];
  const module: RuntimeModule = {
    path,
    dotted: dottedName(path),
    source,
    imports: statements.filter(isImport).flatMap(node => importedNames(source, node, path)),
    items,
    renamed: [],
  };
  const [first, ...rest] = statements;
  const definitions = first && isDocstring(first) ? rest : statements;
  items.push(
    ...readItems(
      module,
      definitions.filter(node => !isImport(node)),
      source.length,
    ),
  );
  return module;
}

/** What a module at a path below `src` is imported by. */
export function dottedName(path: string): string {
  return path.replace(/\.py$/, '').replaceAll('/', '.');
}

/** The path below `src` of a module by its dotted name. */
export function pathOf(dotted: string): string {
  return `${dotted.replaceAll('.', '/')}.py`;
}

/** True for modules of ours: what they define is composed or stands in the connector. */
export function isRuntime(dotted: string): boolean {
  return dotted.startsWith('kinds.');
}

/** A statement that is nothing but a text. */
export function isDocstring(node: SyntaxNode): boolean {
  return node.name === 'ExpressionStatement' && ['String', 'ContinuedString'].includes(node.firstChild?.name ?? '');
}

/** Makes items of the statements on one level that ends at `end`; those of one name that follow each other are one. */
export function readItems(module: RuntimeModule, statements: readonly SyntaxNode[], end: number): Item[] {
  const items: Item[] = [];
  const starts = statements.map(node => leadStart(module.source, node.from));
  for (const [index, node] of statements.entries()) {
    const { kind, name } = identify(module, node);
    const from = starts[index] as number;
    const to = trimmedEnd(module.source, from, starts[index + 1] ?? end);
    const last = items.at(-1);
    if (kind === 'function' && last?.kind === kind && last.name === name)
      items[items.length - 1] = { ...last, nodes: [...last.nodes, node], to };
    else {
      if (items.some(other => other.name === name)) throw new Error(`${module.path} defines ${name} twice`);
      const gap = last?.kind === 'constant' ? emptyLinesAbove(module.source, from) : undefined;
      items.push({ module, kind, name, nodes: [node], from, to, gap });
    }
  }
  return items;
}

function identify({ path, source }: RuntimeModule, node: SyntaxNode): { kind: ItemKind; name: string } {
  const text = ({ from, to }: SyntaxNode) => source.slice(from, to);
  const definition = definitionOf(node);
  const named = definition.getChild('VariableName');
  if (definition.name === 'FunctionDefinition' && named) return { kind: 'function', name: text(named) };
  if (definition.name === 'ClassDefinition' && named) return { kind: 'class', name: text(named) };
  const [target] = node.children;
  if (node.name === 'AssignStatement' && target?.name === 'VariableName')
    return { kind: 'constant', name: text(target) };
  if (/^if __name__ == '__main__':/.test(text(node))) return { kind: 'main', name: '__main__' };
  throw new Error(`${path}: neither an import nor a definition: ${text(node).split('\n')[0]}`);
}

/** The function or class below a statement's decorators. */
export function definitionOf(node: SyntaxNode): SyntaxNode {
  return node.name === 'DecoratedStatement' ? (node.lastChild as SyntaxNode) : node;
}

/** Where the comments directly above a statement begin, also those with empty lines between; its own line if there are none. */
export function leadStart(source: string, at: number): number {
  let start = lineStart(source, at);
  const indentation = source.slice(start, at);
  for (let line = start; line > 0; ) {
    line = lineStart(source, line - 1);
    const text = source.slice(line, source.indexOf('\n', line));
    if (text.startsWith(`${indentation}#`)) start = line;
    else if (text !== '') break;
  }
  return start;
}

/** Where the line at an offset begins. */
export function lineStart(source: string, at: number): number {
  return source.lastIndexOf('\n', at - 1) + 1;
}

function emptyLinesAbove(source: string, at: number): number {
  const above = /\n*$/.exec(source.slice(0, at))?.[0].length ?? 0;
  return Math.max(0, above - 1);
}

function trimmedEnd(source: string, from: number, to: number): number {
  return from + source.slice(from, to).trimEnd().length;
}
