import { crc32 } from 'node:zlib';

export type Files = Readonly<Record<string, string | Buffer>>;

/** A zip archive, in which nothing is compressed. */
export function zip(files: Files): Buffer {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const [path, content] = [Buffer.from(name), Buffer.from(text)];
    // The names are in UTF-8.
    const about = [20, 0x800, 0, 0, 0x21];
    const sizes = [crc32(content), content.length, content.length];
    const local = [words(0x04034b50), halves(...about), words(...sizes), halves(path.length, 0), path, content];
    const entry = [words(0x02014b50), halves(20, ...about), words(...sizes), halves(path.length, 0, 0, 0, 0)];
    locals.push(...local);
    entries.push(...entry, words(0, at), path);
    at += Buffer.concat(local).length;
  }
  const directory = Buffer.concat(entries);
  const count = Object.keys(files).length;
  const end = [words(0x06054b50), halves(0, 0, count, count), words(directory.length, at), halves(0)];
  return Buffer.concat([...locals, directory, ...end]);
}

/** A tar archive. */
export function tar(files: Files): Buffer {
  const members = Object.entries(files).flatMap(([name, text]) => {
    const content = Buffer.from(text);
    const header = Buffer.alloc(512);
    header.write(name);
    header.write('0000644\0', 100);
    header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write('        0', 148);
    header.write('ustar\x0000', 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    return [header, content, Buffer.alloc((512 - (content.length % 512)) % 512)];
  });
  return Buffer.concat([...members, Buffer.alloc(1024)]);
}

function halves(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(2 * values.length);
  values.forEach((value, index) => void bytes.writeUInt16LE(value, 2 * index));
  return bytes;
}

function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => void bytes.writeUInt32LE(value, 4 * index));
  return bytes;
}
