import { own } from '../schema/infer/untyped.ts';
import { JsonSchemaReader } from '../schema/read/json-schema.ts';
import { type WrittenColumns, writtenColumns } from '../schema/write/written.ts';
import type { WrittenSchemas } from './manifest.ts';
import type { StreamModel } from './model.ts';

/** What is recorded of the schemas of a connector's streams, after what was recorded of those that were there. */
export function writtenSchemas(streams: readonly StreamModel[], before: WrittenSchemas): WrittenSchemas {
  const now = streams.map(stream => [stream.name, stream.written ?? own(before, stream.name) ?? writtenOf(stream)]);
  return Object.fromEntries(now);
}

function writtenOf({ schema, untypedColumns = [] }: StreamModel): WrittenColumns {
  const written = writtenColumns(new JsonSchemaReader(schema, '').read().properties);
  const untyped = untypedColumns.map(name => [name, Array.isArray(own(written, name)) ? ['null'] : 'null']);
  return { ...written, ...Object.fromEntries(untyped) };
}
