import { readHeader } from '../imports.ts';
import { type PythonClass, readClasses } from './classes.ts';

/** The class that Mage runs: the one in `__init__.py` that extends Mage's Source. */
export interface SourceClass {
  readonly definition: PythonClass;
  /** True if it extends the source of a SQL database. */
  readonly isSql: boolean;
}

const SQL_BASE = /\bsources\.sql\.base$/;
const BASE = /\bsources\.base$/;

/** Finds the source class in the text of a connector's `__init__.py`; undefined if there is none. */
export function readSource(text: string): SourceClass | undefined {
  const imports = readHeader(text)?.imports ?? [];
  const bases = new Map<string, string>();
  for (const { module, names } of imports)
    for (const name of names) bases.set(name.split(' as ').at(-1) ?? name, module);
  const classes = readClasses(text) ?? [];
  const kindOf = ({ bases: extended }: PythonClass) =>
    extended.map(base => bases.get(base) ?? '').find(module => SQL_BASE.test(module) || BASE.test(module));
  const run = /^\s+main\(\s*(\w+)/m.exec(text)?.[1];
  const definition = classes.find(({ name }) => name === run) ?? classes.find(kindOf);
  return definition && { definition, isSql: SQL_BASE.test(kindOf(definition) ?? '') };
}

/** True if the text is that of a Mage source's `__init__.py`, even if it doesn't parse. */
export function isSource(text: string): boolean {
  return /^\s*from\s+[\w.]*\bsources\.(?:sql\.)?base\s+import\b/m.test(text) && /^class\s/m.test(text);
}
