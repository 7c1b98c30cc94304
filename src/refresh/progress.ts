const FIRST_AFTER = 1000;
const THEN_EVERY = 200;

/** Counts the bytes that pass and, on a terminal, tells how far it is once that takes longer than a second. */
export async function* withProgress(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  size: number | undefined,
  terminal: NodeJS.WriteStream = process.stderr,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  let next = Date.now() + FIRST_AFTER;
  let isShown = false;
  const clear = () => (isShown ? terminal.write('\r\x1b[K') : true);
  try {
    for await (const chunk of chunks) {
      yield chunk;
      bytes += chunk.length;
      if (terminal.isTTY !== true || Date.now() < next) continue;
      terminal.write(`\r\x1b[KReading ${name}: ${progressText(bytes, size)}`);
      isShown = true;
      next = Date.now() + THEN_EVERY;
    }
  } finally {
    clear();
  }
}

/** `412 MB`, or `[########            ] 41 %, 412 MB of 1,004 MB` where the whole is known. */
export function progressText(bytes: number, size: number | undefined): string {
  const megabytes = (count: number) => `${Math.round(count / 1e6).toLocaleString('en')} MB`;
  if (!size) return megabytes(bytes);
  const part = Math.min(1, bytes / size);
  const bar = '#'.repeat(Math.round(part * 20)).padEnd(20);
  return `[${bar}] ${Math.floor(part * 100)} %, ${megabytes(bytes)} of ${megabytes(size)}`;
}
