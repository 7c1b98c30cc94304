import { isMapping } from '../../base/mapping.ts';
import { ConditionFault, parseCondition } from '../../records/condition.ts';
import { type Node, own } from '../../schema/infer/untyped.ts';
import { access, pathOf } from './template.ts';

const TEXT = /'(?:[^'\\])*'|"(?:[^"\\])*"/.source;
const STEP =
  /(?:\.get\(\s*(?:'[^']*'|"[^"]*")\s*(?:,\s*(?:'[^']*'|"[^"]*"|\[\]|\{\}|\w+)\s*)?\)|\.[A-Za-z_]\w*|\[\s*(?:'[^']*'|"[^"]*")\s*\])/
    .source;
const FIELD = `record(?:${STEP})+`;
/** What conditions are made of, the longest first. */
const TOKENS = new RegExp(
  [
    `(${TEXT})\\s+(not\\s+)?in\\s+(${FIELD})`,
    `(${FIELD})\\s+is\\s+(not\\s+)?(none|defined|null)\\b`,
    `(${FIELD})\\s+not\\s+in\\s*(\\[[^\\]]*\\])`,
    `(${FIELD})`,
    `(${TEXT}|-?\\d+(?:\\.\\d+)?)`,
    `\\b(true|false|none|null|and|or|not|in)\\b`,
    `(==|!=|<=|>=|[<>()\\[\\],]|\\s+)`,
  ].join('|'),
  'giy',
);

/** A condition of a record in the words of our answers; undefined where it has anything else. */
export function conditionOf(template: string, parameters: Node): string | undefined {
  const text = /^\s*\{\{\s*(.*?)\s*\}\}\s*$/s
    .exec(template)?.[1]
    ?.replaceAll(PARAMETER, (whole, ...steps) => parameter(whole, steps, parameters));
  if (text === undefined) return undefined;
  const parts: string[] = [];
  TOKENS.lastIndex = 0;
  while (TOKENS.lastIndex < text.length) {
    const found = TOKENS.exec(text);
    if (!found) return undefined;
    const part = translatedPart(found);
    if (part === undefined) return undefined;
    parts.push(part);
  }
  const whole = parts.join('').replaceAll(/\s+/g, ' ').trim();
  return parseCondition(whole) instanceof ConditionFault ? undefined : whole;
}

/** Parameters of the component are texts like any other. */
const PARAMETER = /\bparameters(?:\.([A-Za-z_]\w*)|\[\s*(?:'([^']*)'|"([^"]*)")\s*\])/g;

function parameter(whole: string, steps: readonly unknown[], parameters: Node): string {
  const name = steps.slice(0, 3).find(step => typeof step === 'string') as string;
  const value = isMapping(parameters) ? own(parameters, name) : undefined;
  return typeof value === 'string' && !/['"\\{}]/.test(value) ? `'${value}'` : whole;
}

function translatedPart(found: RegExpExecArray): string | undefined {
  const [whole, item, notIn, list, tested, isNot, test, left, items, field, literal, word] = found;
  if (item !== undefined) return clause(list, path => `${notIn ? 'not ' : ''}${path} contains ${quoted(item)}`);
  if (tested !== undefined) {
    const isExists = (test?.toLowerCase() === 'defined') !== (isNot !== undefined);
    return clause(tested, path => `${isExists ? '' : 'not '}exists ${path}`);
  }
  if (left !== undefined) return clause(left, path => `not ${path} in ${items}`);
  if (field !== undefined) return clause(field, path => path);
  if (literal !== undefined) return quoted(literal);
  return word === undefined ? whole : word.toLowerCase().replace('none', 'null');
}

function clause(field: string | undefined, write: (path: string) => string): string | undefined {
  const found = access(field ?? '');
  return found && write(pathOf(found.steps));
}

function quoted(literal: string): string {
  return /^['"]/.test(literal) ? JSON.stringify(literal.slice(1, -1)) : literal;
}
