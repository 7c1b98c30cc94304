import type { SyntaxNode } from '../syntax-node.ts';
import { definitionOf, type Item, isDocstring } from './module.ts';

/**
 * What a hook does that nothing overrides: `nothing` (`pass`, or a docstring alone), `same` (it returns its first
 * parameter after `self`), `once` (it yields that parameter), `never` (it yields nothing: `yield from ()`).
 */
export type EmptyHook = 'nothing' | 'same' | 'once' | 'never';

/** What kind of empty hook a member is; undefined for one that does something. */
export function emptyHook({ kind, nodes, module: { source } }: Item): EmptyHook | undefined {
  const definition = definitionOf(nodes[0] as SyntaxNode);
  if (kind !== 'function' || definition.name !== 'FunctionDefinition') return undefined;
  const [statement, ...more] = statementsOf(definition.children.at(-1) as SyntaxNode).filter(
    each => !isDocstring(each),
  );
  if (more.length > 0) return undefined;
  const text = statement ? source.slice(statement.from, statement.to) : 'pass';
  const parameter = firstParameter(definition, source);
  const bodies: Readonly<Record<string, EmptyHook>> = {
    pass: 'nothing',
    'yield from ()': 'never',
    ...(parameter !== undefined && { [`return ${parameter}`]: 'same', [`yield ${parameter}`]: 'once' }),
  };
  return bodies[text];
}

/** The name of the first parameter after `self`. */
function firstParameter(definition: SyntaxNode, source: string): string | undefined {
  const list = definition.getChild('ParamList');
  const names = (list?.children ?? []).filter(
    ({ name, prevSibling }) => name === 'VariableName' && ['(', ','].includes(prevSibling?.name ?? ''),
  );
  const parameter = names[1];
  return parameter && source.slice(parameter.from, parameter.to);
}

/** The statements of a block, the docstring too. */
export function statementsOf(body: SyntaxNode): SyntaxNode[] {
  return body.children.filter(({ name }) => name !== ':' && name !== 'Comment');
}
