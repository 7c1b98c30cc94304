import { boundName, type Header, type Import, readHeader } from '../imports.ts';
import { type Place, refuse } from '../refusal.ts';
import { compareModules, compareNames, section, topPackage } from './import-order.ts';
import { type Insertion, insertAll, linesAfter, linesBefore } from './insertion.ts';
import { insertElement } from './sequence.ts';

/**
 * Adds `from module import Name` to the imports at the top of a Python file, in isort's order; an import of that module
 * that is there already takes the name in. Nothing changes if the file imports it already. Throws a UserError, with the
 * line to add by hand, if the file doesn't parse or imports that name from elsewhere.
 */
export function addImport(source: string, statement: string, file: string): string {
  const place = { file, byHand: `add at the top: ${statement}` };
  const header = readHeader(source) ?? refuse(place, 'this is not valid Python');
  const added = readHeader(statement)?.imports[0];
  const [name, ...more] = added?.names ?? [];
  if (!added || !name || more.length) throw new TypeError(`not an import of one name: ${statement}`);
  if (isImported(header, added.module, name, place)) return source;
  return insertAll(source, insertions(source, header, added.module, name, statement));
}

function isImported({ imports, later }: Header, module: string, name: string, place: Place): boolean {
  const all = [...imports, ...later];
  if (all.some(other => other.module === module && other.names.includes(name))) return true;
  const clash = all.find(other => other.names.some(imported => boundName(imported) === boundName(name)));
  return clash ? refuse(place, `${boundName(name)} is imported already, from ${clash.module}`) : false;
}

function insertions(
  source: string,
  header: Header,
  module: string,
  name: string,
  statement: string,
): readonly Insertion[] {
  const same = header.imports.find(
    other => other.module === module && other.names.length > 0 && other.names[0] !== '*',
  );
  if (same) return intoImport(source, same, name);
  const related = header.imports.filter(other => topPackage(other.module) === topPackage(module));
  if (related.length) return [amongRelated(source, related, module, statement)];
  if (header.imports.length) return [asNewGroup(source, header.imports, module, statement)];
  return [asFirst(source, header, statement)];
}

function intoImport(source: string, { sequence, names }: Import, name: string): readonly Insertion[] {
  const greater = names.findIndex(other => compareNames(other, name) > 0);
  return insertElement(source, sequence, greater < 0 ? names.length : greater, { line: name });
}

/** Among the imports of the same package: before the first greater module, else behind the last of them. */
function amongRelated(source: string, related: readonly Import[], module: string, statement: string): Insertion {
  const greater = related.findIndex(other => other.names.length > 0 && compareModules(other.module, module) > 0);
  const previous = related[greater < 0 ? related.length - 1 : greater - 1];
  if (previous) return linesAfter(source, previous.to, [statement]);
  return linesBefore(source, related[0]?.from ?? 0, [statement]);
}

/** A group of its own: behind the last import that isort keeps before it, else before all imports. */
function asNewGroup(source: string, imports: readonly Import[], module: string, statement: string): Insertion {
  const before = imports.filter(other => section(other.module) <= section(module)).at(-1);
  if (before) return linesAfter(source, before.to, ['', statement]);
  return linesBefore(source, imports[0]?.from ?? 0, [statement, '']);
}

/** The first import of the file: behind its docstring or the comment at its very top, before the code. */
function asFirst(source: string, { docstring, body }: Header, statement: string): Insertion {
  const comment = /^(?:[ \t]*#[^\n]*(?:\n|$))*/.exec(source)?.[0].trimEnd().length ?? 0;
  const top = docstring?.to ?? comment;
  if (top)
    return linesAfter(source, top - 1, ['', statement, ...(/^\r?\n[^\r\n]/.test(source.slice(top)) ? [''] : [])]);
  if (!body) return { at: 0, text: `${statement}\n` };
  const isBlock = /^(class|def|async|@)/.test(source.slice(body.from));
  return linesBefore(source, 0, isBlock ? [statement, '', ''] : [statement, '']);
}
