import type { ConnectorFiles } from '../../../python/analysis/files.ts';
import { importsOf } from '../../../python/analysis/names.ts';
import { boundName } from '../../../python/imports.ts';
import type { Assignment } from './attributes.ts';
import type { Conventions } from './conventions.ts';
import type { WrittenMethod } from './written-method.ts';

/** The longest line of Mage's code base. */
const COLUMNS = 100;

/** The lines of the new class. */
export function classLines(
  conventions: Conventions,
  assignments: readonly Assignment[],
  methods: readonly WrittenMethod[],
): string[] {
  const { indent } = conventions;
  const attributes = assignments.flatMap(({ target, value, apart }, index) => [
    ...(apart && index > 0 ? [''] : []),
    excused(`${indent}${target} = ${value}`),
  ]);
  const bodies = methods.flatMap(({ lines }) => ['', ...lines]);
  const body = [...attributes, ...bodies];
  return [
    `class ${conventions.className}(${conventions.base.definition.name}):`,
    ...(body[0] === '' ? body.slice(1) : body),
  ];
}

/** A path or a list of keys can't be broken without being harder to read. */
function excused(line: string): string {
  return line.length > COLUMNS ? `${line}  # noqa: E501` : line;
}

/** The text of a module that has nothing but the new class: what it needs is imported as the model's module does. */
export function moduleText(files: ConnectorFiles, conventions: Conventions, lines: readonly string[]): string {
  const { eol, model } = conventions;
  const source = files.python.get(model.file) ?? '';
  const imports = importsOf(files, model.file).flatMap(({ from, to, module, names }) => {
    const used = names.filter(name => isUsed(boundName(name), lines, conventions));
    if (names.length === 0)
      return isUsed(module.split('.')[0] ?? module, lines, conventions) ? [source.slice(from, to)] : [];
    if (used.length === 0) return [];
    return [used.length === names.length ? source.slice(from, to) : `from ${module} import ${used.join(', ')}`];
  });
  return [...withBase(files, conventions, imports), '', '', ...lines, ''].join(eol);
}

function isUsed(name: string, lines: readonly string[], { base }: Conventions): boolean {
  return name === base.definition.name || lines.some(line => new RegExp(`(?<![\\w.'"])${name}\\b`).test(line));
}

/** The model may extend another class of the same module. */
function withBase(files: ConnectorFiles, { base, model }: Conventions, imports: readonly string[]): readonly string[] {
  const { name } = base.definition;
  if (imports.some(text => new RegExp(`\\b${name}\\b`).test(text))) return imports;
  const other = importsOf(files, model.file).find(({ names }) => names.includes(model.definition.bases[0] ?? ''));
  return other ? [...imports, `from ${other.module} import ${name}`] : imports;
}
