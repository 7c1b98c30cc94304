import { docstringText } from '../literal.ts';
import type { SyntaxNode } from '../syntax-node.ts';
import type { Arrangement } from './arrange.ts';
import type { FlatClass } from './flatten.ts';
import { MAX_LINE, printImports } from './imports.ts';
import { definitionOf, type Item } from './module.ts';
import type { Reference } from './references.ts';
import type { Scope } from './scope.ts';
import type { SetValue } from './set-values.ts';
import { headReferences, type Kept, keptReferences } from './shake.ts';
import { superCalls } from './super-calls.ts';
import { isWide } from './values.ts';

/** What stands instead of a stretch of a real module's source. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Prints what a composed module keeps. */
export class Printer {
  /** True once something was printed that Ruff may want otherwise. */
  needsRuff = false;

  private readonly arrangement: Arrangement;
  private readonly scope: Scope;
  private readonly kept: Kept;
  private readonly values: ReadonlyMap<Item, SetValue>;

  constructor(arrangement: Arrangement, scope: Scope, kept: Kept, values: ReadonlyMap<Item, SetValue>) {
    this.arrangement = arrangement;
    this.scope = scope;
    this.kept = kept;
    this.values = values;
  }

  /** The text of the whole module. */
  module(docstring: string): string {
    const head = [this.docstring(docstring), printImports([...this.kept.imports.values()])].filter(Boolean);
    const items = this.arrangement.items.filter(item => this.kept.items.has(item));
    const body = joined(
      items,
      item => this.item(item),
      (before, item) => (isPlain(before) && isPlain(item) ? gapOf(item) : 2),
    );
    const gap = items[0] && !isPlain(items[0]) ? '\n\n\n' : '\n\n';
    return `${[head.join('\n\n'), body].filter(Boolean).join(gap)}\n`;
  }

  private docstring(text: string): string {
    const safe = docstringText(text);
    // Lines of it are broken by characters, of which some are as wide as two.
    this.needsRuff ||= safe.startsWith('"') || safe.split('\n').some(line => isWide(line, line.length));
    return safe && `"""${safe}"""`;
  }

  private item(item: Item): string {
    const flat = this.arrangement.flat.get(item);
    return flat ? this.flatClass(flat) : this.text(item, this.edits(item));
  }

  private flatClass(flat: FlatClass): string {
    const { base } = flat;
    const members = flat.members.filter(member => this.kept.items.has(member));
    const head = this.text({ ...base.item, to: base.headEnd }, this.headEdits(flat));
    const body = joined(
      members,
      member => this.text(member, this.edits(member)),
      (before, member) => (isPlain(before) && isPlain(member) ? (member.gap ?? 0) : 1),
    );
    if (!body) return base.hasDocstring ? head : `${head}\n    pass`;
    return `${head}${base.hasDocstring ? '\n\n' : '\n'}${body}`;
  }

  /** Decorators with new names, the new name of the class, and what it derives from now. */
  private headEdits({ base: { item }, as, bases }: FlatClass): Edit[] {
    const definition = definitionOf(item.nodes[0] as SyntaxNode);
    const name = definition.getChild('VariableName') as SyntaxNode;
    const list = definition.getChild('ArgList') ?? { from: name.to, to: name.to };
    const names = new Set(bases.map(each => this.scope.resolve(each.module, each.name)?.name ?? each.name));
    const text = names.size > 0 ? `(${[...names].join(', ')})` : '';
    const decorators = headReferences(item).filter(({ from }) => from < name.from);
    return [
      ...this.renames(item, decorators),
      { from: name.from, to: name.to, text: as },
      ...(item.module.source.slice(list.from, list.to) === text ? [] : [{ from: list.from, to: list.to, text }]),
    ];
  }

  private edits(item: Item): Edit[] {
    const value = this.values.get(item);
    if (value) {
      this.needsRuff ||= value.needsRuff;
      return [{ from: value.node.from, to: value.node.to, text: value.text }];
    }
    const removed = this.kept.removed(item);
    const supers = superCalls(item).filter(call => call.above !== undefined && !isInside(call, removed));
    const calls = this.kept.lookups(item).filter(({ opening }) => !isInside(opening, removed));
    const gone = [...supers, ...calls.map(({ opening }) => opening)];
    const references = keptReferences(item, removed).filter(({ from }) => !isInside({ from }, gone));
    return [
      ...calls.flatMap(({ lookup: { mapping, item: found }, opening, closing }) => [
        { ...opening, text: `${this.scope.resolve(found.module, mapping)?.name ?? mapping}[` },
        { ...closing, text: ']' },
      ]),
      ...supers.map(({ from, to }) => ({ from, to, text: 'super()' })),
      ...removed.map(({ from, to }) => ({ from, to, text: '' })),
      ...this.renames(item, references),
      ...this.ownName(item),
    ];
  }

  private renames(item: Item, references: readonly Reference[]): Edit[] {
    const forwards = this.kept.forwards(item);
    return references.flatMap(({ name, from, isAttribute, isOwn }) => {
      const forwarded = isOwn ? forwards.get(name) : undefined;
      const text = forwarded ?? (isAttribute ? undefined : this.scope.resolve(item.module, name)?.name);
      return text === undefined || text === name ? [] : [{ from, to: from + name.length, text }];
    });
  }

  /** The new name of a function, class or constant of the module level. */
  private ownName(item: Item): Edit[] {
    const target = this.arrangement.items.includes(item) ? this.scope.named(item.name) : undefined;
    if (!target || target.name === item.name) return [];
    return item.nodes.map(node => {
      const { from, to } = definitionOf(node).getChild('VariableName') as SyntaxNode;
      return { from, to, text: target.name };
    });
  }

  /** The text from an item's first line on, with edits. */
  private text(item: Item, edits: readonly Edit[]): string {
    const { source } = item.module;
    let text = '';
    let at = item.from;
    for (const edit of [...edits].sort((a, b) => a.from - b.from)) {
      text += source.slice(at, edit.from) + edit.text;
      at = edit.to;
      if (edit.text) this.needsRuff ||= mayWrapOtherwise(item, edit.from);
    }
    text = (text + source.slice(at, item.to)).trimEnd();
    const renamed = item.module.renamed.filter(place => item.from <= place && place < item.to);
    this.needsRuff ||= renamed.some(place => mayWrapOtherwise(item, place));
    if (edits.length > 0 || renamed.length > 0)
      this.needsRuff ||= text.split('\n').some(line => line.length > MAX_LINE);
    return text;
  }
}

function isInside(
  { from }: { readonly from: number },
  spans: readonly { readonly from: number; readonly to: number }[],
): boolean {
  return spans.some(span => span.from <= from && from < span.to);
}

function isPlain({ kind }: Item): boolean {
  return kind === 'constant';
}

/** A constant that has nothing above it in its own module stands apart only if it has a comment. */
function gapOf({ gap, from, module: { source } }: Item): number {
  return gap ?? (source[from] === '#' ? 1 : 0);
}

function joined(
  items: readonly Item[],
  print: (item: Item) => string,
  gap: (before: Item, item: Item) => number,
): string {
  return items
    .map((item, index) => {
      const before = items[index - 1];
      return (before ? '\n'.repeat(1 + gap(before, item)) : '') + print(item);
    })
    .join('');
}

/**
 * True for a name that stands inside of brackets that Ruff may join or break now: on several lines, without a comma at
 * their end.
 */
function mayWrapOtherwise(item: Pick<Item, 'nodes' | 'module'>, from: number): boolean {
  const node = item.nodes.find(each => each.from <= from && from < each.to);
  for (let at = node?.resolve(from, 1) ?? null; at && at.from >= (node as SyntaxNode).from; at = at.parent) {
    const text = item.module.source.slice(at.from, at.to);
    if (at.name !== 'Body' && /^[([{]/.test(text) && text.includes('\n') && !/,\s*[)\]}]$/.test(text)) return true;
  }
  return false;
}
