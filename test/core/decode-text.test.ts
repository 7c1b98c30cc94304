import assert from 'node:assert/strict';
import { decodeText } from '../../src/base/decode-text.ts';

describe('the text of a file', () => {
  it('is UTF-8, or UTF-16 by its mark, and has no mark any more', () => {
    for (const text of ['café €', '']) {
      assert.equal(decodeText(Buffer.from(text), 'a'), text);
      assert.equal(decodeText(Buffer.from(`\ufeff${text}`), 'a'), text);
      const little = Buffer.from(`\ufeff${text}`, 'utf16le');
      assert.equal(decodeText(little, 'a'), text);
      assert.equal(decodeText(Buffer.from(little).swap16(), 'a'), text);
    }
  });

  it('is refused in any other encoding, with the first byte that shows it', () => {
    const long = 'é'.repeat(5000);
    const refusals: readonly [Buffer, string][] = [
      [Buffer.from('café', 'latin1'), 'a: is not UTF-8 text: byte 3 is 0xe9'],
      [
        Buffer.concat([Buffer.from(long), Buffer.from([0x80]), Buffer.from(long)]),
        'a: is not UTF-8 text: byte 10000 is 0x80',
      ],
      [Buffer.from('a€').subarray(0, 3), 'a: is not UTF-8 text: byte 1 is 0xe2'],
      [Buffer.from([0xff, 0xfe, 0x00, 0xd8]), 'a: is not UTF-16 text'],
    ];
    for (const [bytes, message] of refusals)
      assert.throws(
        () => decodeText(bytes, 'a'),
        (error: Error) => error.message.startsWith(`${message} (convert it`),
      );
  });
});
