import { type ParseError, parse } from 'jsonc-parser';
import { isEqual, sortBy } from 'lodash-es';
import type { RawAnswers } from '../answers/raw-answers.ts';
import { isMapping } from '../base/mapping.ts';
import { UserError } from '../base/problems.ts';
import { MANIFEST_KEY } from '../changes/manifest-file.ts';
import { editJson } from '../changes/merge/json.ts';
import { renderJson } from '../changes/render.ts';
import type { FileRecords } from '../changes/written-files.ts';
import { own } from '../schema/infer/untyped.ts';
import { JsonSchemaReader } from '../schema/read/json-schema.ts';
import { type WrittenColumns, writtenColumns } from '../schema/write/written.ts';
import type { StreamModel } from './model.ts';

/** The columns of each stream as they were last written, by which hand-made changes are told. */
export type SchemaRecords = Readonly<Record<string, WrittenColumns>>;

/** The columns that a connector's record has; none where there is no record. Throws a UserError if it can't be read. */
export function schemaRecordsIn(text: string | undefined, file: string): SchemaRecords {
  return sectionOf(text, file).schemas;
}

/** What a record is to say. */
export interface RecordValues {
  readonly answers?: RawAnswers;
  readonly schemas: SchemaRecords;
  readonly files?: FileRecords;
}

/** The text of a connector's record with these values; its other sections stay as they are. */
export function recordText(
  before: string | undefined,
  file: string,
  { answers, schemas, files }: RecordValues,
): string {
  const section = sectionOf(before, file);
  const values = {
    ...(answers && { answers }),
    ...(Object.keys(schemas).length > 0 && { schemas: byName(schemas) }),
    ...(files && { files: byName(files) }),
  };
  if (before === undefined) return renderJson({ [MANIFEST_KEY]: values });
  return Object.entries(JSON.parse(JSON.stringify(values))).reduce((text, [key, value]) => {
    if (isEqual(own(section, key), value)) return text;
    return editJson(text, [MANIFEST_KEY, key], value);
  }, before);
}

/** The order in which streams came must not matter. */
function byName<Value>(values: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  return Object.fromEntries(sortBy(Object.entries(values), ([name]) => name));
}

/** What is recorded of the streams of a connector, after what was recorded of those that were there. */
export function schemaRecords(streams: readonly StreamModel[], recorded: SchemaRecords): SchemaRecords {
  const now = streams.map(stream => [stream.name, stream.written ?? own(recorded, stream.name) ?? writtenOf(stream)]);
  return Object.fromEntries(now);
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
  const section = isMapping(record[MANIFEST_KEY]) ? record[MANIFEST_KEY] : {};
  return { ...section, schemas: (isMapping(section.schemas) ? section.schemas : {}) as SchemaRecords };
}
