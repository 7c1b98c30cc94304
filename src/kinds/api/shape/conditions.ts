import { pathOf, type Step } from '../../../base/paths.ts';
import type { Report } from '../../../connector/kind.ts';
import { formatPython } from '../../../python/format.ts';
import { pythonLiteral } from '../../../python/literal.ts';
import { type Comparison, type Condition, conditionLiterals, type Literal } from '../../../records/condition.ts';
import type { ApiStreamModel } from '../model.ts';

type Streams = readonly Pick<ApiStreamModel, 'keeps' | 'isDeleted' | 'deletedColumn'>[];

/** The methods of a stream that say which records are kept, and which are deleted. */
export function conditionMethods({ keeps, isDeleted, deletedColumn }: Streams[number]): string[] {
  return [
    ...(keeps === undefined ? [] : [method('keeps', keeps)]),
    ...(isDeleted === undefined || deletedColumn === undefined ? [] : [method('is_deleted', isDeleted)]),
  ];
}

/** The methods of python/streams/conditions.py that streams refer to. */
export function conditionMembers(streams: Streams): string[] {
  const methods = streams.flatMap(conditionMethods).join('\n');
  return ['is_equal', 'is_in', 'compares', 'contains', 'look_up'].filter(name => methods.includes(`self.${name}(`));
}

/** A method of a class as Ruff formats it, indented. */
function method(name: string, condition: Condition): string {
  const source = [
    'class Stream:',
    `    def ${name}(self, record: dict) -> bool:`,
    `        return ${code(condition)}`,
    '',
  ];
  return formatPython(source.join('\n'), 'stream.py').trimEnd().split('\n').slice(1).join('\n');
}

function code(condition: Condition): string {
  if ('all' in condition) return condition.all.map(inner).join(' and ');
  if ('any' in condition) return condition.any.map(inner).join(' or ');
  if ('not' in condition) return negation(condition.not);
  return isNullTest(condition) ? existence(condition, exists(condition)) : comparison(condition);
}

function negation(condition: Condition): string {
  return 'path' in condition && isNullTest(condition)
    ? existence(condition, !exists(condition))
    : `not ${inner(condition)}`;
}

function isNullTest({ sign, values }: Comparison): boolean {
  return sign === 'exists' || ((sign === '==' || sign === '!=') && values[0] === null);
}

/** True where a test of null asks for a value. */
function exists({ sign }: Comparison): boolean {
  return sign !== '==';
}

function existence({ path }: Comparison, isAsked: boolean): string {
  return `self.look_up(record, ${pathCode(path)}) is ${isAsked ? 'not ' : ''}None`;
}

function comparison({ path, sign, values }: Comparison): string {
  const place = pathCode(path);
  const [value = null] = values;
  if (sign === 'in') return `self.is_in(record, ${place}, [${values.map(literal).join(', ')}])`;
  if (sign === 'contains') return `self.contains(record, ${place}, ${literal(value)})`;
  if (sign === '==' || sign === '!=')
    return `${sign === '==' ? '' : 'not '}self.is_equal(record, ${place}, ${literal(value)})`;
  return `self.compares(record, ${place}, ${pythonLiteral(sign)}, ${literal(value)})`;
}

/** A part of another condition; what and, or and not would bind otherwise stands in brackets. */
function inner(condition: Condition): string {
  return 'all' in condition || 'any' in condition ? `(${code(condition)})` : code(condition);
}

function literal(value: Literal): string {
  return typeof value === 'object' && value !== null ? value.number : pythonLiteral(value);
}

function pathCode(path: string): string {
  const steps = pathOf(path).map(stepCode);
  return `(${steps.join(', ')}${steps.length === 1 ? ',' : ''})`;
}

function stepCode(step: Step): string {
  if ('where' in step) return `(${pythonLiteral(step.where.field)}, ${pythonLiteral(step.where.value)})`;
  if ('index' in step) return String(step.index);
  return 'key' in step ? pythonLiteral(step.key) : "'*'";
}

/** Reports conditions that text can't meet, which is all that some formats have. */
export function reportUntypedConditions(streams: readonly ApiStreamModel[], report: Report): void {
  for (const { name, keeps, isDeleted, reading } of streams.filter(each => !each.reading.format.typed))
    for (const value of [keeps ?? [], isDeleted ?? []].flat().flatMap(conditionLiterals)) {
      if (typeof value === 'string' || value === null) continue;
      const text = typeof value === 'object' ? value.number : String(value);
      report(
        ['streams'],
        `${name} has a condition with ${text}, and ${reading.format.name} has nothing but text`,
        `write "${text}"`,
      );
    }
}
