import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';
import { sum } from 'lodash-es';
import type { DescribedKey } from '../described.ts';
import { configName } from '../endpoints/names.ts';
import { firstSentence, snake } from '../endpoints/words.ts';
import type { GraphQLList } from './lists.ts';
import type { Field } from './types.ts';

/** A query of so many arguments can't be guessed. */
const MAX_REQUIRED = 4;

/** So many values in all can't be filled in by hand. */
const MAX_VALUES = 20;
/** Objects inside of objects, to the depth that a user would fill in by hand. */
const MAX_DEPTH = 3;

/** Scalars that are no text, which a variable keeps as they are. */
const TYPES: ReadonlyMap<string, DescribedKey['type']> = new Map([
  ['Int', 'integer'],
  ['Float', 'number'],
  ['Boolean', 'boolean'],
]);

/** Why a field can't be asked for by configuration alone; undefined where it can. */
export function refusalOf(field: Field): string | undefined {
  const required = field.args.filter(isRequiredArgument);
  if (required.length > MAX_REQUIRED) return `they need more than ${MAX_REQUIRED} arguments`;
  const count = sum(required.map(({ type }) => valuesIn(type)));
  return count > MAX_VALUES ? `they need lists of objects, or more than ${MAX_VALUES} values, as arguments` : undefined;
}

/** How many values a type requires: scalars, lists of them, and those in objects; more than any limit where it can't be said. */
function valuesIn(type: GraphQLInputType, depth = 0): number {
  const named = getNamedType(type);
  if (isLeafType(named)) return isListType(itemType(type)) ? Number.POSITIVE_INFINITY : 1;
  if (!isInputObjectType(named) || isListType(getNullableType(type)) || depth >= MAX_DEPTH)
    return Number.POSITIVE_INFINITY;
  let count = 0;
  for (const field of Object.values(named.getFields()).filter(isRequiredInputField)) {
    count += valuesIn(field.type, depth + 1);
    if (count > MAX_VALUES) break;
  }
  return count;
}

/** What a list has; the type itself where it is none. */
function itemType(type: GraphQLInputType): unknown {
  const whole = getNullableType(type);
  return isListType(whole) ? getNullableType(whole.ofType) : whole;
}

export interface Variables {
  /** How the query declares them. */
  readonly declared: readonly string[];
  /** The arguments of each field. */
  readonly used: readonly string[];
  readonly values: Readonly<Record<string, unknown>>;
  readonly keys: readonly DescribedKey[];
}

/** The variables of a query: those of paging, of the filter, and those that are configured. */
export function variablesOf(fields: readonly Field[], list: GraphQLList, filter: string | undefined): Variables {
  const declared: string[] = [];
  const values: Record<string, unknown> = {};
  const keys: DescribedKey[] = [];
  const used = fields.map((field, index) => {
    const isLast = index === fields.length - 1;
    const paging = isLast ? list.paging : {};
    const args = field.args.filter(
      arg => Object.hasOwn(paging, arg.name) || isRequiredArgument(arg) || (isLast && arg.name === filter),
    );
    return args
      .map(arg => {
        const variable = isLast ? arg.name : `${field.name}_${arg.name}`;
        declared.push(`$${variable}: ${arg.type}`);
        if (Object.hasOwn(paging, arg.name)) values[variable] = paging[arg.name] as string;
        else if (arg.name !== filter || !isLast) {
          values[variable] = valueFrom(arg, field.name, keys);
        }
        return `${arg.name}: $${variable}`;
      })
      .join(', ');
  });
  return { declared, used, values, keys };
}

/** A configuration key in braces; of an object, its required fields, each with one. */
function valueFrom(arg: GraphQLArgument | GraphQLInputField, above: string, keys: DescribedKey[]): unknown {
  const named = getNamedType(arg.type);
  if (isInputObjectType(named))
    return Object.fromEntries(
      Object.values(named.getFields())
        .filter(isRequiredInputField)
        .map(field => [field.name, valueFrom(field, arg.name, keys)]),
    );
  const key = keyOf(above, arg);
  keys.push(key);
  return `{${key.name}}`;
}

function keyOf(above: string, { name, type, description }: GraphQLArgument | GraphQLInputField): DescribedKey {
  const named = getNamedType(type);
  const kept = isListType(getNullableType(type)) ? 'list' : TYPES.get(named.name);
  const values = isEnumType(named)
    ? `One of ${named
        .getValues()
        .slice(0, 8)
        .map(value => value.name)
        .join(', ')}`
    : '';
  const key = configName(/^(?:id|name|key|slug|login|number)$/i.test(name) ? `${snake(above)}_${name}` : name);
  return {
    name: key,
    description: firstSentence(description ?? '') || values || `The argument ${name} of ${above}`,
    ...(kept && { type: kept }),
  };
}
