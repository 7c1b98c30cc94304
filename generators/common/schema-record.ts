import { applyEdits, modify, type ParseError, parse } from 'jsonc-parser';
import { isEqual, sortBy } from 'lodash-es';
import { RECORD_KEY } from './existing.ts';
import { isMapping } from './gather.ts';
import type { RawAnswers } from './kind.ts';
import type { StreamModel } from './model/connector.ts';
import { UserError } from './problems.ts';
import { renderJson } from './render.ts';
import { JsonSchemaReader } from './schema/json-schema.ts';
import { own } from './schema/untyped.ts';
import { type WrittenColumns, writtenColumns } from './schema/written.ts';

/** The columns of each stream as they were last written, by which hand-made changes are told. */
export type SchemaRecords = Readonly<Record<string, WrittenColumns>>;

/** The columns that a connector's record has; none where there is no record. Throws a UserError if it can't be read. */
export function schemaRecordsIn(text: string | undefined, file: string): SchemaRecords {
  return sectionOf(text, file).schemas;
}

/** The text of a connector's record with these answers and columns; its other sections stay as they are. */
export function recordText(
  before: string | undefined,
  file: string,
  { answers, schemas }: { readonly answers?: RawAnswers; readonly schemas: SchemaRecords },
): string {
  const section = sectionOf(before, file);
  // By name, so that the order in which streams came doesn't matter.
  const sorted = Object.fromEntries(sortBy(Object.entries(schemas), ([name]) => name));
  const values = { ...(answers && { answers }), ...(Object.keys(sorted).length > 0 && { schemas: sorted }) };
  if (before === undefined) return renderJson({ [RECORD_KEY]: values });
  return Object.entries(JSON.parse(JSON.stringify(values))).reduce((text, [key, value]) => {
    if (isEqual(own(section, key), value)) return text;
    return applyEdits(text, modify(text, [RECORD_KEY, key], value, { formattingOptions: styleOf(text) }));
  }, before);
}

/** What is recorded of the schemas that were just written: `isNew` for all of them, or only where nothing was recorded. */
export function schemaRecords(streams: readonly StreamModel[], recorded: SchemaRecords, isNew: boolean): SchemaRecords {
  const now = streams.map((stream): [string, WrittenColumns] => {
    const old = own(recorded, stream.name);
    return [stream.name, old && !isNew ? old : writtenOf(stream)];
  });
  return { ...recorded, ...Object.fromEntries(now) };
}

function writtenOf({ schema, untypedColumns = [] }: StreamModel): WrittenColumns {
  const written = writtenColumns(new JsonSchemaReader(schema, '').read().properties);
  const untyped = untypedColumns.map(name => [name, Array.isArray(own(written, name)) ? ['null'] : 'null']);
  return { ...written, ...Object.fromEntries(untyped) };
}

interface Section {
  readonly schemas: SchemaRecords;
  readonly [key: string]: unknown;
}

function sectionOf(text: string | undefined, file: string): Section {
  const errors: ParseError[] = [];
  const record = text === undefined ? {} : parse(text, errors);
  if (errors.length > 0 || !isMapping(record)) {
    const hint = 'mend it, or take it from version control';
    throw new UserError({ where: file, message: "can't be read: it is no valid JSON", hint });
  }
  const section = isMapping(record[RECORD_KEY]) ? record[RECORD_KEY] : {};
  return { ...section, schemas: (isMapping(section.schemas) ? section.schemas : {}) as SchemaRecords };
}

function styleOf(text: string): { insertSpaces: boolean; tabSize: number; eol: string } {
  const indent = /\n([ \t]+)/.exec(text)?.[1] ?? '  ';
  return { insertSpaces: !indent.includes('\t'), tabSize: indent.length, eol: text.includes('\r\n') ? '\r\n' : '\n' };
}
