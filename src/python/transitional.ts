import { readClasses, textOf } from './analysis/classes.ts';
import { boundName, readHeader } from './imports.ts';
import { topLevel } from './parse.ts';
import type { SyntaxNode } from './syntax-node.ts';

/** What comes behind it is there only while the modules of a connector are being written. */
const MARK = '\n\n# Until all modules are written anew:\n';

/** A module as it stands, and what it says of other modules. */
export interface ModuleOnDisk {
  readonly text: string;
  /** All names in it. */
  readonly words: ReadonlySet<string>;
  readonly classes: ReturnType<typeof readClasses>;
  /** The classes that its own extend. */
  readonly bases: ReadonlySet<string>;
}

export function moduleOnDisk(text: string): ModuleOnDisk {
  const classes = readClasses(text);
  const bases = new Set(classes?.flatMap(found => found.bases));
  return { text, words: new Set(text.match(/\w+/g)), classes, bases };
}

/** Counts in how many modules each name stands, so that each module is read but once however many there are. */
export function countNames(sets: readonly ReadonlySet<string>[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const set of sets) for (const name of set) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** In how many modules a name stands, that of a word and that of a base class. */
export interface NameCounts {
  readonly words: ReadonlyMap<string, number>;
  readonly bases: ReadonlyMap<string, number>;
}

/**
 * A module's text for as long as the modules that import it are not written yet: all that it is to say, and what only they
 * still ask for. Undefined where they ask for nothing that it no longer has. `counts` are those of all modules, its own too.
 */
export function transitionalText(module: ModuleOnDisk, after: string, counts: NameCounts): string | undefined {
  const { text: before, words } = module;
  const known = new Set(topLevel(after)?.flatMap(node => namesOf(after, node)));
  const isMissing = (name: string) => !known.has(name);
  const isAsked = (name: string) => (counts.words.get(name) ?? 0) > (words.has(name) ? 1 : 0);
  const missing = (topLevel(before) ?? []).filter(node => namesOf(before, node).some(isMissing));
  const ofModule = missing.filter(({ name }) => name !== 'ImportStatement').flatMap(node => namesOf(before, node));
  const inherited = inheritedConstants(module, after, counts.bases).filter(({ name }) => isAsked(name));
  if (known.size === 0 || (inherited.length === 0 && !ofModule.some(name => isMissing(name) && isAsked(name))))
    return undefined;
  // All that is missing, since what is asked for may need the rest.
  const lines = [...missing.map(node => textOf(before, node).trimEnd()), ...inherited.map(({ line }) => line)];
  return `${after}${MARK}${lines.join('\n')}\n`;
}

/** A text without what was there only meanwhile. */
export function withoutTransitional(text: string): string {
  const at = text.indexOf(MARK);
  return at < 0 ? text : text.slice(0, at);
}

/** The names that a statement binds in its module. */
function namesOf(source: string, node: SyntaxNode): string[] {
  if (node.name === 'ImportStatement')
    return (readHeader(textOf(source, node))?.imports ?? []).flatMap(({ module, names }) =>
      names.length > 0 ? names.map(boundName) : boundName(module),
    );
  const definition = node.name === 'DecoratedStatement' ? (node.lastChild ?? node) : node;
  if (!['AssignStatement', 'FunctionDefinition', 'ClassDefinition'].includes(definition.name)) return [];
  // Those left of the first sign: of an assignment all targets, of a definition its name.
  const parts = definition.children;
  const end = parts.findIndex(({ name }) => ['AssignOp', 'ParamList', 'ArgList', 'Body'].includes(name));
  return parts
    .slice(0, end)
    .filter(({ name }) => name === 'VariableName')
    .map(part => textOf(source, part));
}

/** The constants that only the text before has, of classes that others extend. */
function inheritedConstants(
  { classes, bases }: ModuleOnDisk,
  after: string,
  counts: NameCounts['bases'],
): { readonly name: string; readonly line: string }[] {
  const extended = (classes ?? []).filter(({ name }) => (counts.get(name) ?? 0) > (bases.has(name) ? 1 : 0));
  if (extended.length === 0) return [];
  const now = new Map(readClasses(after)?.map(found => [found.name, found]));
  return extended.flatMap(({ name: owner, attributes }) => {
    const found = now.get(owner);
    const has = new Set([...(found?.attributes ?? []), ...(found?.methods ?? [])].map(({ name }) => name));
    const gone = found ? attributes.filter(({ name }) => !has.has(name)) : [];
    return gone.map(({ name, value }) => ({ name, line: `${owner}.${name} = ${value}` }));
  });
}
