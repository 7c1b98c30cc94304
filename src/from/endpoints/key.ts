import type { Grade } from '../described.ts';
import type { Shape, Shapes } from './shape.ts';
import { bare, singular } from './words.ts';

/** The column that identifies a record. */
export interface FoundKey {
  readonly column: string;
  readonly grade: Grade;
  readonly evidence: string;
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
  const byDetail = detail === undefined ? undefined : named(bare(detail));
  if (id !== undefined) return { column: id, grade: 'inferred', evidence: `records have ${id}` };
  if (byDetail !== undefined)
    return { column: byDetail, grade: 'inferred', evidence: `one record is asked for by ${detail}` };
  const byName = named(`${own}id`) ?? named(`${own}uuid`) ?? named(`${own}guid`);
  if (byName !== undefined) return { column: byName, grade: 'inferred', evidence: `records have ${byName}` };
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

function isScalar({ type }: Shape): boolean {
  return type === undefined || type === 'string' || type === 'integer' || type === 'number';
}
