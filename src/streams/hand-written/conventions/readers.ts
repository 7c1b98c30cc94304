import { textOf } from '../../../python/analysis/classes.ts';
import { type ConnectorFiles, MAIN_FILE } from '../../../python/analysis/files.ts';
import type { Registry } from '../../../python/analysis/registry.ts';
import { topLevel } from '../../../python/parse.ts';
import type { Readers } from './attributes.ts';
import { attributesOf, type Conventions, methodsOf } from './conventions.ts';

/** Finds what the connector reads of a stream class: the base classes of themselves, the source of what is registered. */
export function findReaders(files: ConnectorFiles, registry: Registry, { line }: Conventions): Readers {
  const methods = methodsOf(line);
  const defined = new Set([
    ...methods.filter(({ text }) => !isAbstract(text)).map(({ name }) => name),
    ...methods.flatMap(({ text }) =>
      [...text.matchAll(/\bself\.(\w+)\s*(?::[^=\n]+)?=(?!=)/g)].map(([, name]) => name),
    ),
  ]);
  const used = new Set(methods.flatMap(({ uses }) => [...uses]));
  const abstract = methods.filter(({ name, text }) => isAbstract(text) && !defined.has(name)).map(({ name }) => name);
  return {
    base: new Set([...used, ...abstract].filter(name => !defined.has(name) && !name.startsWith('__'))),
    source: attributesOfRegistered(files, registry),
  };
}

/** A method that only says that subclasses have to have one of their own. */
function isAbstract(text: string): boolean {
  const body = text.replace(/^[\s\S]*?\)\s*(?:->[^:]+)?:[ \t]*\r?\n/, '').replace(/("""|''')[\s\S]*?\1/, '');
  return /^\s*(?:raise\s|pass\s*$|\.\.\.\s*$)/.test(body);
}

/** The names behind `REGISTRY[…].` anywhere in the source's own file. */
function attributesOfRegistered({ python }: ConnectorFiles, { name: registry }: Registry): ReadonlySet<string> {
  const text = python.get(MAIN_FILE) ?? '';
  const names = new Set<string>();
  for (const { name, children } of (topLevel(text) ?? []).flatMap(statement => [...statement.walk()])) {
    const [object, dot, property] = name === 'MemberExpression' ? children : [];
    const [inner, bracket] = object?.name === 'MemberExpression' ? object.children : [];
    if (dot?.name !== '.' || bracket?.name !== '[' || !property || !inner) continue;
    if (textOf(text, inner) === registry) names.add(textOf(text, property));
  }
  return names;
}

/** The members that the base class needs of every stream and that are no attributes: the methods to be written. */
export function neededMethods(conventions: Conventions, { base }: Readers): readonly string[] {
  const given = new Set(attributesOf(conventions.line).map(({ name }) => name));
  const methods = new Set(conventions.like.flatMap(({ definition }) => definition.methods.map(({ name }) => name)));
  const needed = [...base].filter(name => methods.has(name) && !given.has(name));
  const order = conventions.model.definition.methods.map(({ name }) => name);
  return needed.sort((a, b) => order.indexOf(a) - order.indexOf(b));
}
