import { sortBy, sortedIndex, sortedUniq } from 'lodash-es';
import { movedTree, type SyntaxNode } from '../syntax-node.ts';
import { definitionOf, type RuntimeModule, readModule } from './module.ts';
import { referencesIn } from './references.ts';

type Names = Readonly<Record<string, string>>;

/**
 * A module with other names for what it defines, on its own level or in its classes (where `self.` or `cls.` stands before
 * them). Throws an Error for a name that it doesn't define.
 */
export function renamedModule(module: RuntimeModule, names: Names): RuntimeModule {
  const { path, source, items } = module;
  const nodes = items.flatMap(item => item.nodes);
  const members = nodes.filter(node => definitionOf(node).name === 'ClassDefinition').flatMap(memberNames);
  const globals = new Set(items.map(({ name }) => name).filter(name => name in names));
  const own = new Set(members.map(text).filter(name => name in names));
  const missing = Object.keys(names).find(name => !globals.has(name) && !own.has(name));
  if (missing !== undefined) throw new Error(`${path} does not define ${missing}, which was to be renamed`);
  const places = nodes.flatMap(node => [
    ...referencesIn(source, node)
      .filter(each => (each.isAttribute ? own.has(each.name) && each.isOwn : globals.has(each.name)))
      .map(({ from }) => from),
    ...ownNames(node)
      .filter(each => globals.has(text(each)))
      .map(({ from }) => from),
  ]);
  const ownPlaces = members.filter(each => own.has(text(each))).map(({ from }) => from);
  return rewritten(module, sortedUniq(sortBy([...places, ...ownPlaces])), names);

  function text({ from, to }: SyntaxNode): string {
    return source.slice(from, to);
  }
}

/** The node of the name that a statement defines. */
function ownNames(statement: SyntaxNode): SyntaxNode[] {
  const name = definitionOf(statement).getChild('VariableName');
  return name && statement.name !== 'IfStatement' ? [name] : [];
}

function memberNames(statement: SyntaxNode): SyntaxNode[] {
  return (definitionOf(statement).children.at(-1) as SyntaxNode).children.flatMap(ownNames);
}

/** The module with other names at those places, in order; its tree is moved, which takes less time than to parse it. */
function rewritten({ path, source, items }: RuntimeModule, places: readonly number[], names: Names): RuntimeModule {
  let text = '';
  let at = 0;
  const renamed: number[] = [];
  // How far what stands behind so many names is moved.
  const moves = [0];
  for (const place of places) {
    const [name = ''] = /^\w+/.exec(source.slice(place)) ?? [];
    text += source.slice(at, place);
    renamed.push(text.length);
    text += names[name];
    at = place + name.length;
    moves.push(text.length - at);
  }
  const script = items[0]?.nodes[0]?.parent as SyntaxNode;
  const tree = movedTree(script, offset => offset + (moves[sortedIndex(places, offset)] as number));
  return { ...readModule(path, text + source.slice(at), tree.children), renamed };
}
