import type { SyntaxNode } from '../syntax-node.ts';
import {
  definitionOf,
  type Item,
  isDocstring,
  isRuntime,
  type Library,
  leadStart,
  pathOf,
  type RuntimeModule,
  readItems,
} from './module.ts';

/** A base class as a module names it. */
export interface BaseName {
  readonly module: RuntimeModule;
  readonly name: string;
}

/** A class of a real module, taken apart. */
export interface ClassParts {
  readonly module: RuntimeModule;
  readonly item: Item;
  /** What it derives from, as it says. */
  readonly bases: readonly (BaseName & { readonly parts: ClassParts | undefined })[];
  /** Those of them that are runtime classes. */
  readonly parents: readonly ClassParts[];
  readonly members: readonly Item[];
  /** Offset behind the class's line and docstring. */
  readonly headEnd: number;
  readonly hasDocstring: boolean;
}

const classes = new Map<Item, ClassParts>();

/** The parts of a class. Throws an Error if the module has no such class. */
export function classParts(library: Library, module: RuntimeModule, name: string): ClassParts {
  const item = module.items.find(each => each.kind === 'class' && each.name === name);
  if (!item) throw new Error(`${module.path} has no class ${name}`);
  const known = classes.get(item) ?? takeApart(library, module, item);
  classes.set(item, known);
  return known;
}

function takeApart(library: Library, module: RuntimeModule, item: Item): ClassParts {
  const definition = definitionOf(item.nodes[0] as SyntaxNode);
  const parts = definition.children;
  const body = parts.at(-1) as SyntaxNode;
  const statements = body.children.filter(({ name }) => name !== ':' && name !== 'Comment');
  const [first] = statements;
  const hasDocstring = first !== undefined && isDocstring(first);
  const rest = (hasDocstring ? statements.slice(1) : statements).filter(({ name }) => name !== 'PassStatement');
  const start = rest[0] ? leadStart(module.source, rest[0].from) : item.to;
  const bases = baseNames(module, definition).map(name => ({
    module,
    name,
    parts: runtimeClass(library, module, name),
  }));
  return {
    module,
    item,
    bases,
    parents: bases.flatMap(base => base.parts ?? []),
    members: readItems(module, rest, item.to),
    headEnd: Math.min(start, hasDocstring ? first.to : body.from + 1),
    hasDocstring,
  };
}

function baseNames({ source }: RuntimeModule, definition: SyntaxNode): string[] {
  const list = definition.getChild('ArgList');
  return (list?.children ?? [])
    .filter(({ name, nextSibling }) => name === 'VariableName' && nextSibling?.name !== 'AssignOp')
    .map(({ from, to }) => source.slice(from, to));
}

/** The class of ours that a name stands for in a module; undefined for one of a framework. */
function runtimeClass(library: Library, module: RuntimeModule, name: string): ClassParts | undefined {
  if (module.items.some(item => item.kind === 'class' && item.name === name)) return classParts(library, module, name);
  const imported = module.imports.find(each => (each.alias ?? each.name) === name);
  if (!imported || !isRuntime(imported.module)) return undefined;
  return classParts(library, library.module(pathOf(imported.module)), name);
}

/** True where a class is another, or derives from it. */
export function derives(parts: ClassParts, from: ClassParts): boolean {
  return parts === from || parts.parents.some(parent => derives(parent, from));
}
