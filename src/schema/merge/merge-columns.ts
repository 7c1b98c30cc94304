import { type ColumnSchema, shown } from '../dialect.ts';
import type { Column, Values } from '../infer/column.ts';
import type { Facts } from '../infer/facts.ts';
import { type Node, own } from '../infer/untyped.ts';
import type { SchemaEdit } from '../write/schema-text.ts';
import { isColumns, NO_TYPE, type WrittenType } from '../write/written.ts';
import { decideColumn } from './merge-column.ts';

/** The columns of a schema, or the properties of an object in it, beside what was seen of them. */
export interface Place {
  /** The names of the columns above. */
  readonly path: readonly string[];
  readonly raw: Readonly<Record<string, unknown>>;
  readonly facts: ReadonlyMap<string, Facts>;
  readonly columns: ReadonlyMap<string, Column>;
  readonly fresh: Readonly<Record<string, ColumnSchema>> | undefined;
  readonly recorded: WrittenType | undefined;
}

/** Compares the columns of a schema with what was seen of them, and collects what has to be edited and told. */
export class ColumnsMerge {
  readonly edits: (SchemaEdit & { readonly column: readonly string[] })[] = [];
  readonly added: string[] = [];
  readonly changed: string[] = [];
  readonly vanished: string[] = [];
  readonly leftOut: string[] = [];
  readonly textColumns: string[] = [];
  readonly notes: string[] = [];
  readonly #values: Values;
  readonly #records: number;

  constructor(values: Values, records: number) {
    this.#values = values;
    this.#records = records;
  }

  place(place: Place): void {
    for (const [name, column] of place.columns) {
      const raw = own(place.raw, name);
      if (raw === undefined) this.#missing(place, name);
      else if (isMapping(raw)) this.#present(place, name, raw, column);
    }
    for (const name of Object.keys(place.raw))
      if (!place.columns.has(name)) this.vanished.push([...place.path, name].join('.'));
  }

  #missing({ path, fresh, recorded }: Place, name: string): void {
    const column = [...path, name];
    const value = own(fresh, name);
    const before = isColumns(recorded) ? own(recorded, name) : undefined;
    if (before !== undefined && before !== NO_TYPE) this.leftOut.push(column.join('.'));
    else if (value && before === undefined) {
      this.added.push(column.join('.'));
      this.#edit(column, value);
    }
  }

  #present(place: Place, name: string, raw: Node, column: Column): void {
    const path = [...place.path, name];
    const facts = place.facts.get(name) as Facts;
    const fresh = own(place.fresh, name);
    const recorded = isColumns(place.recorded) ? own(place.recorded, name) : undefined;
    const isNested = place.path.length > 0;
    const hasGaps = column.kinds.has('null') || (!isNested && column.count < this.#records);
    const cell = { name, raw, facts, column, fresh, recorded, isNested, hasGaps };
    const { value, note, asText, isRemoved } = decideColumn(cell, this.#values);
    if (note) this.notes.push(`${shown(path.join('.'))}: ${note}`);
    if (asText) this.textColumns.push(name);
    if (value || isRemoved) {
      this.changed.push(path.join('.'));
      this.#edit(path, value);
    } else if (isMapping(raw.properties) && column.properties?.size) {
      const inner = fresh && 'properties' in fresh ? fresh.properties : undefined;
      this.place({
        path,
        raw: raw.properties,
        facts: facts.properties,
        columns: column.properties,
        fresh: inner,
        recorded,
      });
    }
  }

  #edit(column: readonly string[], value: object | undefined): void {
    this.edits.push({ column, path: column.flatMap(name => ['properties', name]), value });
  }
}

export function isMapping(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
