import type { StreamReport } from '../../../connector/kind.ts';
import type { ConfigKey } from '../../../connector/model.ts';
import type { ColumnSchema } from '../../../schema/dialect.ts';
import type { ApiStreamAnswers } from '../stream-answers.ts';

/** What a stream is asked for by, as its Python has it. */
export interface ForEach {
  readonly as: string;
  readonly items: readonly (string | number)[];
  /** The configuration key that has the items. */
  readonly config?: string;
}

/** What a stream is asked for by, if it is. */
export function forEachOf({ for_each }: ApiStreamAnswers): ForEach | undefined {
  return for_each && { as: for_each.as, items: for_each.items ?? [], config: for_each.config };
}

/** The column that takes the item. */
export function itemColumn({ items, config }: ForEach): ColumnSchema {
  const isNumber = config === undefined && items.every(each => typeof each === 'number');
  return isNumber ? { type: ['null', 'integer'] } : { type: ['null', 'string'] };
}

/** Checks what the items are. */
export function reportForEach({ for_each, parent, parents }: ApiStreamAnswers, report: StreamReport): void {
  if (for_each === undefined) return;
  const { items, config, as } = for_each;
  if ((items === undefined) === (config === undefined))
    report('for_each', items ? 'has items and config' : 'has neither items nor config', 'give one of them');
  if (items?.some(each => typeof each !== typeof items[0])) report('for_each.items', 'has text and numbers');
  if (items?.length === 0) report('for_each.items', 'has nothing to ask for');
  if (items && new Set(items).size < items.length) report('for_each.items', 'has an item twice');
  if ([parent ?? [], parents ?? []].flat().some(each => each.as === as))
    report('for_each.as', `${as} is a field of a parent, too`, 'call it otherwise');
}

/** The configuration keys that streams have their items of. */
export function itemKeys(streams: readonly ApiStreamAnswers[]): ConfigKey[] {
  return streams.flatMap(({ name, for_each }) => {
    if (for_each?.config === undefined) return [];
    const description = `What ${name} is read for, one by one: a list, or text with commas between`;
    return [{ name: for_each.config, description, required: true, secret: false, derived: true }];
  });
}
