import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readString, writeString } from '../../src/python/strings.ts';

describe('Python strings', () => {
  it('are written in the quote style of the file, or in the other if that spares escapes', () => {
    assert.equal(writeString('Acme', "'"), "'Acme'");
    assert.equal(writeString('Acme', '"'), '"Acme"');
    assert.equal(writeString("Joe's", "'"), '"Joe\'s"');
    assert.equal(writeString(`"; import os '\\`, "'"), `'"; import os \\'\\\\'`);
    assert.equal(writeString('a\u202eb\n', "'"), "'a\\u202eb\\x0a'");
  });

  it('are read with their escapes; what is not a plain string is not', () => {
    assert.equal(readString(String.raw`'a\'\x41\u00e9\N\101'`), "a'Aé\\NA");
    assert.equal(readString(String.raw`r'a\n'`), 'a\\n');
    assert.equal(readString('"""a"b"""'), 'a"b');
    for (const other of ["f'{x}'", "b'x'", 'name', "'a' 'b", '']) assert.equal(readString(other), undefined, other);
  });

  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom("'" as const, '"' as const), (value, quote) => {
        assert.equal(readString(writeString(value, quote)), value);
      }),
    );
  });
});
