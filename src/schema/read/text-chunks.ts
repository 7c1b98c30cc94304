import { UserError } from '../../base/problems.ts';

/** A line longer than this is no record. */
const MAX_LINE = 64 * 2 ** 20;

/** The text of bytes that come in chunks, without a byte order mark. Throws a UserError where it isn't UTF-8. */
export async function* textChunks(chunks: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (chunk?: Uint8Array) => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch (error) {
      const hint = 'convert it, for instance with iconv -f latin1 -t utf-8';
      throw new UserError({ where: file, message: 'is not UTF-8 text', hint }, { cause: error });
    }
  };
  for await (const chunk of chunks) yield decode(chunk);
  yield decode();
}

/** The complete lines of each chunk of text, all of a chunk at once. Throws a UserError for a line without end. */
export async function* lineChunks(chunks: AsyncIterable<string>, file: string): AsyncGenerator<readonly string[]> {
  let rest: string[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    const [first = '', ...lines] = chunk.split('\n');
    rest.push(first);
    length += first.length;
    if (length > MAX_LINE) throw tooLong(file);
    const last = lines.pop();
    if (last === undefined) continue;
    yield [rest.join(''), ...lines];
    rest = [last];
    length = last.length;
  }
  yield [rest.join('')];
}

function tooLong(file: string): UserError {
  const hint = 'JSON Lines have one record a line: is it a JSON document?';
  return new UserError({ where: file, message: `has a line of more than ${MAX_LINE / 2 ** 20} MB`, hint });
}
