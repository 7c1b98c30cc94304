import { uniq } from 'lodash-es';
import type { StreamNames } from '../../../base/names.ts';
import { streamNames } from '../../../connector/stream-names.ts';
import type { ColumnSchema, StreamSchema } from '../../../schema/dialect.ts';
import type { ApiStreamAnswers } from '../stream-answers.ts';

/** The list that streams are made of, one for each of its records. */
export interface Listed {
  /** The stream that is the list. */
  readonly list: StreamNames;
  /** The fields of its records that name the streams, and what stands before these names. */
  readonly nameFields: readonly string[];
  readonly prefix: string;
  /** What is taken of its records: the field by the name that it has in braces. */
  readonly fields: Readonly<Record<string, string>>;
  readonly columns?: ListedColumns;
}

/** The columns that a list has of each stream. */
export interface ListedColumns {
  /** The field that has them. */
  readonly field: string;
  /** Where each has its name and its type. */
  readonly name: string;
  readonly type: string;
  readonly types: Readonly<Record<string, ColumnType>>;
  /** The path to the values in a record of a stream; empty: the record itself. */
  readonly valuesPath: string;
}

type ColumnType = 'string' | 'integer' | 'number' | 'boolean' | 'date-time';

/** The list that a stream's answers name, if they do. */
export function listedOf({ streams_from: from }: ApiStreamAnswers): Listed | undefined {
  return (
    from && {
      list: streamNames(from.stream),
      nameFields: [from.name].flat(),
      prefix: from.prefix ?? '',
      fields: from.as,
      columns: from.columns && {
        field: from.columns.in,
        name: from.columns.name,
        type: from.columns.type,
        types: from.columns.types,
        valuesPath: from.columns.values_in ?? '',
      },
    }
  );
}

/** The fields that streams take of the records of their list, each once. */
export function listFields({ nameFields, fields, columns }: Listed): string[] {
  return uniq([...nameFields, ...Object.values(fields), ...(columns ? [columns.field] : [])]);
}

/** The columns of a stream of a list as a schema, as far as their types are known: those that are text have no other. */
export function foundSchema({ columns }: Listed): StreamSchema {
  const types = uniq(Object.values(columns?.types ?? {}));
  return { type: 'object', properties: Object.fromEntries(types.map(type => [type, columnOf(type)])) };
}

function columnOf(type: ColumnType): ColumnSchema {
  if (type === 'date-time') return { type: ['null', 'string'], format: type };
  return { type: ['null', type] } as ColumnSchema;
}
