import * as zlib from 'node:zlib';
import {
  type AsyncBuffer,
  asyncBufferFromFile,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
} from 'hyparquet';
import { UserError } from '../base/problems.ts';
import { SchemaInference } from '../schema/infer/inference.ts';
import { ExactNumber } from '../schema/infer/numbers.ts';
import { concluded, type ReadOptions, type SourceEvidence } from './source-evidence.ts';

/** Node can unpack Zstandard since 22.15. */
const { zstdDecompressSync } = zlib as { zstdDecompressSync?: (packed: Uint8Array) => Uint8Array };

/** How what Snappy didn't pack is unpacked. */
const COMPRESSORS = {
  GZIP: (packed: Uint8Array) => zlib.gunzipSync(packed),
  BROTLI: (packed: Uint8Array) => zlib.brotliDecompressSync(packed),
  ...(zstdDecompressSync && { ZSTD: zstdDecompressSync }),
};

/** Rows are read in such portions, for bounded memory. */
const PORTION = 10_000;

/** Reads the rows of a Parquet file, which is a path, or bytes. Throws a UserError where it is damaged, or packed by a method that Node lacks. */
export async function readParquet(
  source: string | Buffer,
  name: string,
  { stream, recordsPath }: ReadOptions,
): Promise<SourceEvidence> {
  if (recordsPath) throw new UserError({ where: name, message: 'a records path has no meaning in Parquet' });
  const inference = new SchemaInference({ stream });
  try {
    const file = typeof source === 'string' ? await asyncBufferFromFile(source) : bufferOf(source);
    const metadata = await metadataOf(file, name);
    const floats = floatColumns(metadata);
    for (let row = 0; row < metadata.num_rows; row += PORTION) {
      const rows = await parquetReadObjects({
        file,
        metadata,
        compressors: COMPRESSORS,
        rowStart: row,
        rowEnd: row + PORTION,
      });
      for (const record of rows) inference.add(plainRecord(record, floats));
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    const message = `can't be read as Parquet: ${(error as Error).message}`;
    throw new UserError(
      { where: name, message, hint: 'convert it to Parquet with Snappy, or to JSON Lines' },
      { cause: error },
    );
  }
  return concluded(inference, 'typed', name);
}

/** What the end of a file says of all of it. */
async function metadataOf(file: AsyncBuffer, name: string): Promise<FileMetaData> {
  try {
    return await parquetMetadataAsync(file);
  } catch (error) {
    const message = 'begins as Parquet does, and does not end so: it is damaged or cut off';
    throw new UserError({ where: name, message, hint: 'copy it again' }, { cause: error });
  }
}

function bufferOf(bytes: Buffer): AsyncBuffer {
  const { buffer } = new Uint8Array(bytes);
  return { byteLength: buffer.byteLength, slice: (start, end) => buffer.slice(start, end) };
}

/** Columns of floating-point numbers and decimals: 10 is one there too. */
function floatColumns({ schema }: FileMetaData): ReadonlySet<string> {
  const floats = schema.filter(
    ({ type, converted_type: converted, logical_type: logical }) =>
      type === 'DOUBLE' || type === 'FLOAT' || converted === 'DECIMAL' || logical?.type === 'DECIMAL',
  );
  return new Set(floats.map(({ name }) => name));
}

function plainRecord(record: Record<string, unknown>, floats: ReadonlySet<string>): object {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, plain(value, floats.has(name))]));
}

/** A value as JSON would have it. */
function plain(value: unknown, isFloat: boolean): unknown {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (typeof value === 'number' && isFloat && Number.isInteger(value)) return new ExactNumber(`${value}.0`);
  if (Array.isArray(value)) return value.map(item => plain(item, false));
  if (typeof value !== 'object' || value === null) return value;
  return plainRecord(value as Record<string, unknown>, new Set());
}
