import { closeSync, readSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

type Line = (text: string) => void;

const PIECE = 1 << 16;
/** A connector writes record by record: what comes in so many milliseconds is read at once, or a reader would wake for each. */
const AT_ONCE = 3;
/** While nothing comes, it is looked for less and less often, at last after so many milliseconds. */
const AT_LAST = 24;

/** Puts pieces of text together to lines. */
class Lines {
  /** Parts of a line that came in several pieces: a long one isn't copied with each of them. */
  #begun: string[] = [];
  readonly #line: Line;

  constructor(line: Line) {
    this.#line = line;
  }

  take(piece: string): void {
    const parts = piece.split('\n');
    const last = parts.pop() ?? '';
    for (const part of parts) {
      const text = this.#begun.length > 0 ? this.#begun.join('') + part : part;
      this.#begun = [];
      this.#line(text.endsWith('\r') ? text.slice(0, -1) : text);
    }
    if (last !== '') this.#begun.push(last);
  }

  end(): void {
    if (this.#begun.length > 0) this.#line(this.#begun.join(''));
  }
}

/** Gives each line of a text as it comes, which Node's readline does in twice the time; resolves at the end of it. */
export function eachLine(from: Readable, line: Line): Promise<void> {
  const lines = new Lines(line);
  from.setEncoding('utf8').on('data', (piece: string) => lines.take(piece));
  return new Promise(done => {
    from.once('close', () => {
      lines.end();
      done();
    });
  });
}

/** The same of a pipe that doesn't block; it is closed at its end. */
export function eachPipedLine(pipe: number, line: Line): Promise<void> {
  const [lines, decoder, bytes] = [new Lines(line), new StringDecoder('utf8'), Buffer.allocUnsafe(PIECE)];
  let wait = AT_ONCE;
  return new Promise((done, fail) => {
    const read = () => {
      try {
        const length = readSync(pipe, bytes);
        if (length === 0) {
          closeSync(pipe);
          lines.take(decoder.end());
          lines.end();
          return done();
        }
        lines.take(decoder.write(bytes.subarray(0, length)));
        wait = AT_ONCE;
        // A pipe that is half full is filling up.
        if (length > PIECE / 2) return void setImmediate(read);
      } catch (error) {
        // Nothing is there yet.
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return fail(error);
        wait = Math.min(2 * wait, AT_LAST);
      }
      setTimeout(read, wait);
    };
    read();
  });
}
