import { bracketed, topLevel } from '../parse.ts';
import { readString } from '../strings.ts';
import type { SyntaxNode } from '../syntax-node.ts';
import type { Sequence } from './sequence.ts';

/** One entry of a registry: `'deals': Deals`, `Deals.TABLE: Deals`, `IDS.DEALS: Deals`, or `deals=Deals` in a call of dict. */
export interface Entry {
  /** As written, without a call's `=`. */
  readonly key: string;
  /** What the key says by itself: the string, or a call's keyword. */
  readonly name: string | undefined;
  readonly value: string;
  /** Where the key stands. */
  readonly from: number;
}

/** A statement that puts entries into a registry. */
export interface Step {
  /** `{…}`, `dict(…)`, `REGISTRY.update({…})` or `REGISTRY[key] = value`. */
  readonly form: 'display' | 'call' | 'update' | 'item';
  readonly from: number;
  readonly to: number;
  readonly entries: readonly Entry[];
  /** Where the entries stand, one for each element; an `item` has none. */
  readonly sequence: Sequence | undefined;
  /** The names behind `**`: registries of their own, whose entries are in this one too. */
  readonly spreads: readonly string[];
  /** False if some element is neither an entry nor a spread name, as in a comprehension. */
  readonly isPlain: boolean;
}

/** The statements at the top level of a file that build the registry of this name, in their order. */
export function registrySteps(source: string, name: string): readonly Step[] {
  const isName = (node: SyntaxNode | null | undefined) =>
    node?.name === 'VariableName' && source.slice(node.from, node.to) === name;
  return (topLevel(source) ?? []).flatMap((node): Step[] => {
    if (node.name === 'AssignStatement') return assigned(source, node, isName);
    const call = node.name === 'ExpressionStatement' ? node.firstChild : undefined;
    const [method, list] = call?.name === 'CallExpression' ? call.children : [];
    const [object, , property] = method ? method.children : [];
    if (!list || !isName(object) || !property || source.slice(property.from, property.to) !== 'update') return [];
    return [updated(source, node, list)];
  });
}

type IsName = (node: SyntaxNode | null | undefined) => boolean;

function assigned(source: string, node: SyntaxNode, isName: IsName): Step[] {
  const parts = node.children.filter(({ name }) => name !== 'TypeDef' && name !== 'Comment');
  const [target, operator, value] = parts;
  if (!target || !value || parts.length !== 3 || operator?.name !== 'AssignOp') return [];
  const place = { from: node.from, to: node.to, spreads: [] };
  if (isName(target)) return [dictStep(source, node, value)];
  const [object, bracket, key] = target.children;
  if (target.name !== 'MemberExpression' || !isName(object) || bracket?.name !== '[' || !key) return [];
  const entries = [entryOf(key.from, source.slice(key.from, key.to), source.slice(value.from, value.to))];
  return [{ ...place, form: 'item', entries, sequence: undefined, isPlain: true }];
}

function updated(source: string, node: SyntaxNode, list: SyntaxNode): Step {
  const [, argument, ...rest] = list.children;
  const isOneDisplay = argument?.name === 'DictionaryExpression' && rest.length === 1;
  const step = dictStep(source, node, isOneDisplay ? argument : list);
  return { ...step, form: 'update', isPlain: step.isPlain && isOneDisplay };
}

function dictStep(source: string, node: SyntaxNode, value: SyntaxNode): Step {
  const [callee, list] = value.name === 'CallExpression' ? value.children : [];
  const isCall = callee !== undefined && source.slice(callee.from, callee.to) === 'dict' && list !== undefined;
  const container = isCall ? list : value;
  const place = { form: isCall ? ('call' as const) : ('display' as const), from: node.from, to: node.to };
  if (!isCall && value.name !== 'DictionaryExpression')
    return { ...place, entries: [], sequence: undefined, spreads: [], isPlain: false };
  const sequence = bracketed(container);
  const texts = sequence.elements.map(({ from, to }) => source.slice(from, to));
  const spreads = texts.flatMap(text => /^\*\*\s*(\w+)$/.exec(text)?.[1] ?? []);
  const pairs = pairsOf(source, container, isCall ? 'AssignOp' : ':');
  return { ...place, entries: pairs, sequence, spreads, isPlain: pairs.length + spreads.length === texts.length };
}

/** What stands on both sides of each separator. */
function pairsOf(source: string, container: SyntaxNode, separator: ':' | 'AssignOp'): Entry[] {
  const text = (node: SyntaxNode) => source.slice(node.from, node.to);
  return container.children
    .filter(({ name }) => name === separator)
    .flatMap(({ prevSibling: key, nextSibling: value }) =>
      key && value ? [entryOf(key.from, text(key), text(value), separator === 'AssignOp')] : [],
    );
}

function entryOf(from: number, key: string, value: string, isKeyword = false): Entry {
  return { key, name: isKeyword ? key : readString(key), value, from };
}
