import assert from 'node:assert/strict';
import { decodeText } from '../../src/base/decode-text.ts';

describe('the text of a file', () => {
  it('is UTF-8, or UTF-16 by its byte order mark, which is no part of it', () => {
    const bytes = (text: string, encoding: BufferEncoding) => Buffer.from(text, encoding);
    assert.equal(decodeText(bytes('é', 'utf8'), 'a.csv'), 'é');
    assert.equal(decodeText(bytes('\ufeffé', 'utf8'), 'a.csv'), 'é');
    assert.equal(decodeText(bytes('\ufeffé', 'utf16le'), 'a.csv'), 'é');
    assert.equal(decodeText(bytes('\ufeffé', 'utf16le').swap16(), 'a.csv'), 'é');
    assert.equal(decodeText(new Uint8Array(), 'a.csv'), '');
  });

  it('of another encoding is refused with the place of the first byte', () => {
    const faults: readonly [string, number][] = [
      ['id,gr\xf6\xdfe\n', 5],
      ['\xe9', 0],
      [`${'x'.repeat(100_000)}\xc3\xa9\xff`, 100_002],
      ['ab\xe2\x82', 2],
      ['ab\xe2\x82x', 2],
      ['ab\x80', 2],
    ];
    for (const [text, place] of faults)
      assert.throws(
        () => decodeText(Buffer.from(text, 'latin1'), 'a.csv'),
        new RegExp(`a.csv: is not UTF-8 text: byte ${place} is 0x`),
        text.slice(-10),
      );
  });
});
