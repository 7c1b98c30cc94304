import type { Path } from '../../base/paths.ts';
import type { Grade } from '../described.ts';
import type { Shape, Shapes } from './shape.ts';

/** How deep a response is searched for its records. */
export const MAX_DEPTH = 3;
/** Objects so wide are no envelopes; looking into each of their properties would take long. */
export const MAX_WIDTH = 100;

/** Names that lists of records have in envelopes. */
export const LISTS = new Set(
  (
    'data items results result records value values entries rows content contents list elements objects hits resources ' +
    'collection entities docs documents nodes members payload body response'
  ).split(' '),
);
/** A value of a response beside its records, such as where the next page is. */
export interface Field {
  readonly path: Path;
  /** The last key. */
  readonly name: string;
  readonly shape: Shape;
  readonly required: boolean;
}

/** The list of records in a response. */
export interface FoundList {
  /** Undefined where nothing says it. */
  readonly path: string | undefined;
  /** The schema of a record; undefined where nothing says it. */
  readonly item: unknown;
  readonly grade: Grade;
  readonly evidence: string;
  /** What stands around it. */
  readonly beside: readonly Field[];
  /** True where records are plain values, such as names. */
  readonly values?: boolean;
}

/** What tells a list of records from one record that has lists. */
export interface ListContext {
  /** The last fixed part of the path, such as `users`. */
  readonly word: string;
  /** True where the path ends in a parameter, as that of one record does. */
  readonly endsInParameter: boolean;
  /** True where the request has parameters of paging. */
  readonly paged: boolean;
  /** True where a parameter speaks of metadata, which a list alone has no place for. */
  readonly hasMetadata: boolean;
}

/** The values of a response that are not in a list, to the depth where paging may stand. */
export function fieldsBeside(whole: Shape, shapes: Shapes): Field[] {
  const fields: Field[] = [];
  const look = (shape: Shape, path: Path) => {
    if (shape.properties.size > MAX_WIDTH) return;
    for (const [name, { node, required }] of shape.properties) {
      if (name === '' || name === '*') continue;
      const inner = shapes.of(node);
      const here = [...path, { key: name }];
      if (inner.properties.size > 0 && here.length < MAX_DEPTH) look(inner, here);
      else if (inner.type !== 'array') fields.push({ path: here, name, shape: inner, required });
    }
  };
  look(whole, []);
  return fields;
}
