import { groupBy, partition, sortBy } from 'lodash-es';
import { compareModules, compareNames } from '../edit/import-order.ts';
import { readImport } from '../imports.ts';
import type { SyntaxNode } from '../syntax-node.ts';
import { STANDARD_LIBRARY } from './standard-library.ts';

/** One name that a file imports. */
export interface ImportedName {
  readonly module: string;
  /** What is imported from the module; undefined where it is the module itself. */
  readonly name: string | undefined;
  /** What it is called in the file, if something else. */
  readonly alias: string | undefined;
}

/** Longest line that Mage's settings allow. */
export const MAX_LINE = 100;

/** The packages that Ruff's settings name as Mage's own (src/python/format.ts); they come last. */
const FIRST_PARTY = new Set(['mage_integrations', 'data_integrations']);

/** The names that an import statement of a real module binds. Throws an Error for `import *`. */
export function importedNames(source: string, node: SyntaxNode, path: string): ImportedName[] {
  const { module, names } = readImport(source, node);
  const isBare = names.length === 0;
  const texts = isBare ? source.slice(node.from + 'import '.length, node.to).split(', ') : names;
  return texts.map(text => {
    const [name = '', alias] = text.split(' as ');
    if (name === '*') throw new Error(`${path} imports * of ${module}`);
    return isBare ? { module: name, name: undefined, alias } : { module, name, alias };
  });
}

/** The name that an import binds. */
export function boundBy({ module, name, alias }: ImportedName): string {
  return alias ?? name ?? (module.split('.')[0] as string);
}

/** Import statements as Ruff sorts them: sections apart, in each first `import …`, then `from … import …`. */
export function printImports(imports: readonly ImportedName[]): string {
  const sections = groupBy(imports, ({ module }) => sectionOf(module));
  return sortBy(Object.keys(sections), Number)
    .map(section => printSection(sections[section] ?? []))
    .join('\n\n');
}

/** The sections of isort: the future, the standard library, other packages, Mage's own, relative ones. */
function sectionOf(module: string): number {
  const [top = ''] = module.split('.');
  if (top === '') return 4;
  if (top === '__future__') return 0;
  if (STANDARD_LIBRARY.has(top)) return 1;
  return FIRST_PARTY.has(top) ? 3 : 2;
}

function printSection(imports: readonly ImportedName[]): string {
  const [whole, named] = partition(imports, ({ name }) => name === undefined);
  const modules = groupBy(named, ({ module }) => module);
  return [
    ...new Set(
      whole
        .sort((a, b) => compareModules(a.module, b.module))
        .map(({ module, alias }) => `import ${module}${alias === undefined ? '' : ` as ${alias}`}`),
    ),
    ...Object.keys(modules)
      .sort(compareModules)
      .flatMap(module => printFrom(module, modules[module] ?? [])),
  ].join('\n');
}

/** Names of one module are one statement, but each that gets another name is one of its own. */
function printFrom(module: string, imports: readonly ImportedName[]): string[] {
  const names = imports.flatMap(({ name, alias }) => (name === undefined ? [] : [{ name, alias }]));
  const plain = [...new Set(names.filter(({ alias }) => alias === undefined).map(({ name }) => name))].sort(
    compareNames,
  );
  const renamed = names.filter(({ alias }) => alias !== undefined).map(({ name, alias }) => `${name} as ${alias}`);
  const statements = [...new Set(renamed)].sort().map(text => ({ first: text, text: `from ${module} import ${text}` }));
  if (plain.length > 0) statements.push({ first: plain[0] as string, text: statement(module, plain) });
  return statements.sort((a, b) => compareNames(a.first, b.first)).map(({ text }) => text);
}

function statement(module: string, names: readonly string[]): string {
  const line = `from ${module} import ${names.join(', ')}`;
  if (line.length <= MAX_LINE) return line;
  const opening = `from ${module} import (`;
  // The line that opens an import can't be broken, however long the names of folders and modules are.
  const excused = opening.length > MAX_LINE ? `${opening}  # noqa: E501` : opening;
  return [excused, ...names.map(name => `    ${name},`), ')'].join('\n');
}
