import { topLevel } from '../parse.ts';
import type { SyntaxNode } from '../syntax-node.ts';

/** A place in code that names something. */
export interface Reference {
  readonly name: string;
  readonly from: number;
  /** True for `.name` of something, false for a name that no scope inside of the code binds. */
  readonly isAttribute: boolean;
  /** True for `self.name` and `cls.name`. */
  readonly isOwn: boolean;
}

type Bound = ReadonlySet<string>;

const found = new WeakMap<SyntaxNode, readonly Reference[]>();
const NOTHING: Bound = new Set();

/** What a piece of code refers to, outside of itself. */
export function referencesIn(source: string, node: SyntaxNode): readonly Reference[] {
  let references = found.get(node);
  if (!references) {
    const all: Reference[] = [];
    visit(node, NOTHING, { source, add: reference => all.push(reference) });
    references = all;
    found.set(node, references);
  }
  return references;
}

const expressions = new Map<string, readonly Reference[]>();

/** What an expression of ours refers to. Throws an Error for what isn't one. */
export function expressionReferences(code: string): readonly Reference[] {
  // A registry has the name of a class and an attribute of it for each stream: that needs no parser.
  if (/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/.test(code))
    return code.split('.').map((name, index) => ({ name, from: 0, isAttribute: index > 0, isOwn: false }));
  const known = expressions.get(code);
  if (known) return known;
  const [statement] = topLevel(code) ?? [];
  if (!statement) throw new Error(`not an expression: ${code}`);
  const references = referencesIn(code, statement);
  expressions.set(code, references);
  return references;
}

interface Walk {
  readonly source: string;
  readonly add: (reference: Reference) => void;
}

function visit(node: SyntaxNode, bound: Bound, walk: Walk): void {
  if (node.name === 'VariableName') visitName(node, bound, walk);
  else if (node.name === 'PropertyName') addReference(node, true, walk);
  else if (node.name === 'FunctionDefinition' || node.name === 'LambdaExpression') visitFunction(node, bound, walk);
  else if (node.name !== 'ImportStatement' && node.name !== 'ScopeStatement') {
    const targets = node.name.endsWith('ComprehensionExpression') ? node.children.filter(isInFor) : [];
    const names = targets.flatMap(target => namesOf(target, walk.source));
    for (const child of node.children) if (!isOwnName(child)) visit(child, widened(bound, names), walk);
  }
}

function isInFor(_: SyntaxNode, index: number, parts: readonly SyntaxNode[]): boolean {
  return isForTarget(parts, index);
}

/** The name that a constant of a module or a class defines. */
function isOwnName(node: SyntaxNode): boolean {
  const [statement, place] = [node.parent, node.parent?.parent];
  if (statement?.name !== 'AssignStatement' || node.prevSibling || node.name !== 'VariableName') return false;
  return place?.name === 'Script' || place?.parent?.name === 'ClassDefinition';
}

function visitName(node: SyntaxNode, bound: Bound, walk: Walk): void {
  const isKeyword = node.parent?.name === 'ArgList' && node.nextSibling?.name === 'AssignOp';
  const isDefined = ['def', 'class'].includes(node.prevSibling?.name ?? '');
  if (isKeyword || isDefined || bound.has(walk.source.slice(node.from, node.to))) return;
  addReference(node, false, walk);
}

function addReference({ from, to }: SyntaxNode, isAttribute: boolean, { source, add }: Walk): void {
  const isOwn = isAttribute && /\b(?:self|cls)\.$/.test(source.slice(Math.max(0, from - 6), from));
  add({ name: source.slice(from, to), from, isAttribute, isOwn });
}

/** Parameters and what the body binds are names of the function's own; defaults and annotations are evaluated outside. */
function visitFunction(node: SyntaxNode, bound: Bound, walk: Walk): void {
  const parts = node.children;
  const list = parts.find(({ name }) => name === 'ParamList');
  const parameters = (list ? list.children : []).filter(isParameter);
  const body = parts.at(-1) as SyntaxNode;
  const own = [...parameters.map(({ from, to }) => walk.source.slice(from, to)), ...bindings(body, walk.source)];
  for (const part of parts) {
    if (part === list) for (const child of part.children) if (!isParameter(child)) visit(child, bound, walk);
    if (part !== list) visit(part, part === body ? widened(bound, own) : bound, walk);
  }
}

function isParameter(node: SyntaxNode): boolean {
  return node.name === 'VariableName' && !['=', 'AssignOp'].includes(node.prevSibling?.name ?? '');
}

/** The names that a function's body binds, without what is bound in functions and classes inside of it. */
function bindings(body: SyntaxNode, source: string): string[] {
  const names: string[] = [];
  const outer = new Set<string>();
  const look = (node: SyntaxNode): void => {
    const parts = node.children;
    for (const [index, part] of parts.entries()) {
      if (part.name === 'VariableName' && ['def', 'class'].includes(part.prevSibling?.name ?? ''))
        names.push(source.slice(part.from, part.to));
      if (isTarget(node, parts, index)) names.push(...namesOf(part, source));
      if (node.name === 'ScopeStatement' && part.name === 'VariableName') outer.add(source.slice(part.from, part.to));
    }
    if (OWN_SCOPE.test(node.name) && node !== body) return;
    for (const part of parts) look(part);
  };
  look(body);
  return names.filter(name => !outer.has(name));
}

const OWN_SCOPE = /^(?:FunctionDefinition|ClassDefinition|LambdaExpression|\w*ComprehensionExpression)$/;

function isTarget(node: SyntaxNode, parts: readonly SyntaxNode[], index: number): boolean {
  const before = parts[index - 1]?.name;
  const isOperator = ({ name }: SyntaxNode) => name === 'AssignOp' || name === 'UpdateOp';
  if (node.name === 'AssignStatement' || node.name === 'UpdateStatement')
    return parts[index]?.name !== 'TypeDef' && parts.slice(index + 1).some(isOperator);
  if (node.name === 'NamedExpression') return index === 0;
  if (node.name === 'ForStatement') return isForTarget(parts, index);
  if (node.name === 'ImportStatement') return isImported(parts, index);
  return before === 'as' && (node.name === 'WithStatement' || node.name === 'TryStatement');
}

function isForTarget(parts: readonly SyntaxNode[], index: number): boolean {
  for (let before = index - 1; before >= 0; before -= 1) {
    const name = parts[before]?.name;
    if (name === 'for') return parts[index]?.name !== 'in';
    if (name === 'in' || name === 'Body') return false;
  }
  return false;
}

function isImported(parts: readonly SyntaxNode[], index: number): boolean {
  const keyword = parts.findIndex(({ name }) => name === 'import');
  return index > keyword && parts[index]?.name === 'VariableName' && parts[index + 1]?.name !== 'as';
}

/** The names in a target: `a` and `b` of `a, (b, c.d)`. */
function namesOf(node: SyntaxNode, source: string): string[] {
  if (node.name === 'VariableName') return [source.slice(node.from, node.to)];
  return node.name === 'MemberExpression' ? [] : node.children.flatMap(child => namesOf(child, source));
}

function widened(bound: Bound, names: readonly string[]): Bound {
  return names.length > 0 ? new Set([...bound, ...names]) : bound;
}
