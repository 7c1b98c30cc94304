import type { Composed } from './composition.ts';
import { type ImportedName, MAX_LINE, printImports } from './imports.ts';
import { dottedName } from './module.ts';
import { expressionReferences } from './references.ts';
import type { Subclass } from './subclass.ts';
import { expressionsIn, printValue } from './values.ts';

/**
 * True for a subclass that takes nothing over and renames nothing: all that it derives from are classes of the connector, so that
 * there is nothing to compose. Most streams are such, and an API may have a thousand.
 */
export function isPlain({ bases, modules, rename, docstring }: Subclass): boolean {
  const isPlaced = bases.every(({ module }) => dottedName(module) in modules);
  return isPlaced && Object.keys(rename).length === 0 && docstring === '';
}

/** Prints a plain subclass, as composing it would. Throws an Error where two things have one name. */
export function printPlain({ name, bases, constants, methods, modules, imports }: Subclass): Composed {
  const printed = constants.map(constant => {
    const before = `    ${constant.name} = `;
    const { text, needsRuff } = printValue(constant.value, { before: before.length, after: 0, indent: 4 });
    const comment = constant.comment ? `    # ${constant.comment}\n` : '';
    return { text: `${comment}${before}${text}`, needsRuff, expressions: expressionsIn(constant.value) };
  });
  const references = printed.flatMap(({ expressions }) => expressions.flatMap(expressionReferences));
  const called = new Set(references.filter(({ isAttribute }) => !isAttribute).map(each => each.name));
  const imported = [
    ...bases.map((base): ImportedName => nameOf(modules[dottedName(base.module)] as string, base.class)),
    ...Object.entries(imports).flatMap(([module, names]) =>
      names.filter(each => called.has(each)).map(each => nameOf(module, each)),
    ),
  ];
  const names = new Set(imported.map(each => each.name as string));
  if (names.has(name)) throw new Error(`the class ${name} is called as what its module imports`);
  const head = `class ${name}(${bases.map(base => base.class).join(', ')}):`;
  const body = [printed.map(({ text }) => text).join('\n'), ...methods].filter(Boolean).join('\n\n') || '    pass';
  return {
    text: `${printImports(imported)}\n\n\n${head}\n${body}\n`,
    needsRuff: head.length > MAX_LINE || printed.some(({ needsRuff }) => needsRuff),
    references: new Set(references.map(each => each.name)),
    names: names.add(name),
  };
}

function nameOf(module: string, name: string): ImportedName {
  return { module, name, alias: undefined };
}
