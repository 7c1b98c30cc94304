import type { SyntaxNode } from '@lezer/common';
import { readClasses, textOf } from '../survey/classes.ts';
import { boundName, readHeader } from './imports.ts';
import { children, topLevel } from './parse.ts';

/** What comes behind it is there only while the modules of a connector are being written. */
const MARK = '\n\n# Until all modules are written anew:\n';

/**
 * A module's text for as long as the modules that import it are not written yet: all that it is to say, and what only they
 * still ask for. Undefined where they ask for nothing that it no longer has. `others` is what they say.
 */
export function meanwhileText(before: string, after: string, others: readonly string[]): string | undefined {
  const known = new Set(topLevel(after)?.flatMap(node => namesOf(after, node)));
  const isMissing = (name: string) => !known.has(name);
  const isAsked = (name: string) => others.some(text => new RegExp(`\\b${name}\\b`).test(text));
  const missing = (topLevel(before) ?? []).filter(node => namesOf(before, node).some(isMissing));
  const ofModule = missing.filter(({ name }) => name !== 'ImportStatement').flatMap(node => namesOf(before, node));
  const inherited = inheritedConstants(before, after, others).filter(({ name }) => isAsked(name));
  if (known.size === 0 || (inherited.length === 0 && !ofModule.some(name => isMissing(name) && isAsked(name))))
    return undefined;
  // All that is missing, since what is asked for may need the rest.
  const lines = [...missing.map(node => textOf(before, node).trimEnd()), ...inherited.map(({ line }) => line)];
  return `${after}${MARK}${lines.join('\n')}\n`;
}

/** A text without what was there only meanwhile. */
export function withoutMeanwhile(text: string): string {
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
  const parts = children(definition);
  const end = parts.findIndex(({ name }) => ['AssignOp', 'ParamList', 'ArgList', 'Body'].includes(name));
  return parts
    .slice(0, end)
    .filter(({ name }) => name === 'VariableName')
    .map(part => textOf(source, part));
}

/** The constants that only the text before has, of classes that others extend. */
function inheritedConstants(
  before: string,
  after: string,
  others: readonly string[],
): { readonly name: string; readonly line: string }[] {
  const bases = new Set(others.flatMap(text => readClasses(text) ?? []).flatMap(found => found.bases));
  const now = new Map(readClasses(after)?.map(found => [found.name, found]));
  return (readClasses(before) ?? []).flatMap(({ name: owner, attributes }) => {
    const found = bases.has(owner) ? now.get(owner) : undefined;
    const has = new Set([...(found?.attributes ?? []), ...(found?.methods ?? [])].map(({ name }) => name));
    const gone = found ? attributes.filter(({ name }) => !has.has(name)) : [];
    return gone.map(({ name, value }) => ({ name, line: `${owner}.${name} = ${value}` }));
  });
}
