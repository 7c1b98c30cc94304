import { UserError } from '../base/problems.ts';

/** So much of an input is looked at to tell what it is. */
const START = 2 ** 20;
/** What has to be in memory as a whole, several times over, has a limit. */
const MAX_WHOLE = 128 * 2 ** 20;

/** The start of an input, and all of it. */
export interface Peeked {
  readonly start: Buffer;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Ends the reading, wherever it stands. */
  close(): Promise<void>;
}

/** Reads the start of an input without losing it. */
export async function peek(source: AsyncGenerator<Uint8Array>): Promise<Peeked> {
  const read: Uint8Array[] = [];
  let length = 0;
  let isDone = false;
  while (length < START && !isDone) {
    const { value, done } = await source.next();
    isDone = done === true;
    if (value) read.push(value);
    length += value?.length ?? 0;
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    while (read.length > 0) yield read.shift() as Uint8Array;
    yield* source;
  }
  const close = async () => void (await source.return(undefined));
  return { start: Buffer.concat(read), chunks: all(), close };
}

/** All of an input, which has to be read as a whole. Throws a UserError where that is too much; `hint` says what to do then. */
export async function whole<Chunk extends string | Uint8Array>(
  chunks: AsyncIterable<Chunk>,
  name: string,
  hint: string,
): Promise<Chunk extends string ? string : Buffer> {
  const all: Chunk[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    all.push(chunk);
    length += chunk.length;
    if (length > MAX_WHOLE) {
      const message = `has more than ${MAX_WHOLE / 2 ** 20} MB, and has to be read as a whole`;
      throw new UserError({ where: name, message, hint });
    }
  }
  const joined = typeof all[0] === 'string' || all.length === 0 ? all.join('') : Buffer.concat(all as Uint8Array[]);
  return joined as Chunk extends string ? string : Buffer;
}
