import type { Grade } from '../described.ts';
import type { Shape, Shapes } from './shape.ts';
import { bare, singular } from './words.ts';

/** The column that identifies a record. */
export interface FoundKey {
  readonly column: string;
  readonly grade: Grade;
  readonly evidence: string;
  /** True where records of several parents may have the same one. */
  readonly isShared?: boolean;
}

/**
 * The column that identifies a record: `id`, the column that the path of a single record names, or one called like the stream.
 * `detail`: the parameter of the path of a single record, such as `user_id`.
 */
export function keyOf(item: Shape, word: string, detail: string | undefined, shapes: Shapes): FoundKey | undefined {
  const scalars = [...item.properties].filter(([name, { node }]) => name !== '' && isScalar(shapes.of(node)));
  const named = (name: string) => scalars.find(([column]) => bare(column) === name)?.[0];
  const own = bare(singular(word));
  const id = named('id');
  const byDetail = detail === undefined ? undefined : (named(bare(detail)) ?? endingIn(bare(detail), scalars));
  const byName = id ?? named(`${own}id`) ?? named(`${own}uuid`) ?? named(`${own}guid`);
  if (byDetail !== undefined && isIdentifier(byDetail) && id === undefined)
    return { column: byDetail, grade: 'inferred', evidence: `one record is asked for by ${detail}` };
  if (byName !== undefined) return { column: byName, grade: 'inferred', evidence: `records have ${byName}` };
  const unique = scalars.find(([column, { node }]) => isIdentifier(column) && isSaidUnique(shapes.of(node)))?.[0];
  if (unique !== undefined) return { column: unique, grade: 'inferred', evidence: `${unique} is said to be unique` };
  if (byDetail !== undefined)
    return { column: byDetail, grade: 'guessed', evidence: `one record is asked for by ${detail}` };
  const other = [
    'uuid',
    'guid',
    'gid',
    'sid',
    'uid',
    'key',
    `${own}key`,
    `${own}code`,
    `${own}number`,
    'code',
    'slug',
  ].find(named);
  const column = other === undefined ? undefined : named(other);
  if (column === undefined) return undefined;
  const isUnique = /\bunique/i.test(shapes.of(item.properties.get(column)?.node).description);
  return {
    column,
    grade: isUnique ? 'inferred' : 'guessed',
    evidence: `records have ${column}${isUnique ? ', which is unique' : ''}`,
  };
}

/** The one column that ends in the name of a parameter: `AmazonOrderId` for `orderId`. */
function endingIn(detail: string, scalars: readonly (readonly [string, unknown])[]): string | undefined {
  if (!/..(?:id|sid|uuid)$/.test(detail)) return undefined;
  const [only, ...others] = scalars.filter(([column]) => bare(column).endsWith(detail));
  return others.length === 0 ? only?.[0] : undefined;
}

/** A name or a code may be one below its parent only, and may change. */
function isIdentifier(column: string): boolean {
  return /(?:id|sid|gid|uuid|guid|uri)$/.test(bare(column));
}

function isSaidUnique({ description }: Shape): boolean {
  return /^\W*(?:the |a )?(?:globally )?unique (?:id|identifier|uuid)\b/i.test(description);
}

function isScalar({ type }: Shape): boolean {
  return type === undefined || type === 'string' || type === 'integer' || type === 'number';
}
