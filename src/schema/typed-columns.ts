import type { ColumnSchema, StreamSchema } from './dialect.ts';

/** Where moments are: in columns alone, also within objects, or nowhere. */
export type DateTimes = 'none' | 'columns' | 'nested';

/** What schemas have of types that destinations hold in one form alone. */
export interface TypedColumns {
  /** Some column holds integers. */
  readonly integers: boolean;
  readonly dateTimes: DateTimes;
}

/** What these schemas have of types that destinations hold in one form alone. */
export function typedColumns(schemas: readonly StreamSchema[]): TypedColumns {
  const columns = schemas.flatMap(({ properties }) => Object.values(properties));
  const isNested = columns.some(column => propertiesOf(column).some(hasDateTime));
  return {
    integers: columns.some(({ type }) => type[1] === 'integer'),
    dateTimes: isNested ? 'nested' : columns.some(hasDateTime) ? 'columns' : 'none',
  };
}

function hasDateTime(column: ColumnSchema): boolean {
  return 'format' in column || propertiesOf(column).some(hasDateTime);
}

function propertiesOf(column: ColumnSchema): ColumnSchema[] {
  return 'properties' in column ? Object.values(column.properties ?? {}) : [];
}
