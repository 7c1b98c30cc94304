import * as v from 'valibot';
import { line } from '../answers/fields.ts';
import { type Condition, ConditionFault, parseCondition } from './condition.ts';

const condition = (description: string) => {
  const problem = (text: string) => {
    const found = parseCondition(text);
    return found instanceof ConditionFault ? `is no condition: ${found.message}, at character ${found.at}` : undefined;
  };
  return v.optional(
    v.pipe(
      line(description),
      v.check(
        text => problem(text) === undefined,
        ({ input }) => problem(String(input)) ?? '',
      ),
    ),
  );
};

/** The answers that say which records are kept, and which are deleted. */
export const conditionEntries = {
  keep_when: condition(
    'The condition of the records that are kept, such as status == "done" and total > 0; also !=, <, <=, >=, in ["a", "b"], contains, exists a.b, or, not and brackets',
  ),
  drop_when: condition('The condition of the records that are dropped'),
  deleted_when: condition(
    'The condition of the records that are deleted, such as deleted == true; without deleted_column, they are dropped',
  ),
  deleted_column: v.optional(line('The column that tells by true whether a record is deleted, such as _deleted')),
};

interface Answers {
  readonly keep_when?: string | undefined;
  readonly drop_when?: string | undefined;
  readonly deleted_when?: string | undefined;
  readonly deleted_column?: string | undefined;
}

/** The condition of the records that are kept; undefined for all. */
export function keptWhen({ keep_when, drop_when, deleted_when, deleted_column }: Answers): Condition | undefined {
  const dropped = [drop_when, deleted_column === undefined ? deleted_when : undefined];
  const all = [
    ...(keep_when === undefined ? [] : partsOf(conditionOf(keep_when))),
    ...dropped.flatMap(text => (text === undefined ? [] : [{ not: conditionOf(text) }])),
  ];
  return all.length > 1 ? { all } : all[0];
}

/** The conditions that all have to hold. */
function partsOf(condition: Condition): readonly Condition[] {
  return 'all' in condition ? condition.all : [condition];
}

/** The condition of a text that is known to be one. Throws a RangeError where it isn't. */
export function conditionOf(text: string): Condition {
  const condition = parseCondition(text);
  if (condition instanceof ConditionFault) throw new RangeError(`${text} is no condition: ${condition.message}`);
  return condition;
}
