import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { textKind } from '../../src/schema/infer/text-values.ts';
import { type CsvRow, csvRows } from '../../src/schema/read/csv.ts';

const rows = (...chunks: string[]): CsvRow[] => [...csvRows(chunks, 'x')];
const fields = (...chunks: string[]) => rows(...chunks).map(row => row.fields);

/** What a short Python program prints for some input, both as JSON. */
function python(program: string, input: unknown): unknown {
  const { stdout, stderr, status } = spawnSync('python3', ['-c', `import json, sys\n${program}`], {
    input: JSON.stringify(input),
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

describe('csvRows', () => {
  it('reads quotes, delimiters and line breaks in fields, and every line end', () => {
    assert.deepEqual(fields('a,b\r\n"1,5","x ""y""\r\nz"\n,\r""\n'), [
      ['a', 'b'],
      ['1,5', 'x "y"\r\nz'],
      ['', ''],
      [''],
    ]);
    assert.deepEqual(fields('a\n\n\r\nb'), [['a'], ['b']]);
    assert.deepEqual(fields('a"b,c""d'), [['a"b', 'c""d']]);
    assert.deepEqual([...csvRows(['a;b'], 'x', ';')][0]?.fields, ['a', 'b']);
  });

  it('counts lines', () => {
    assert.deepEqual(
      rows('a\r\n"b\nb"\n\nc').map(row => row.line),
      [1, 2, 5],
    );
  });

  it('refuses broken quotes with their line', () => {
    assert.throws(() => rows('a\n"b\nc'), /x, line 2: .*no closing quote/);
    assert.throws(() => rows('a\n"b"c'), /x, line 2: .*"c" stands behind the closing quote/);
  });

  it('reads the same whatever the chunks', () => {
    const piece = fc.constantFrom('a', ',', '"x"', '""', '\r', '\n', '\r\n', '"b\r\n,"', ' ', '😀');
    const read = (chunks: string[]) => {
      try {
        return rows(...chunks);
      } catch (error) {
        return String(error);
      }
    };
    fc.assert(
      fc.property(fc.array(piece), pieces => {
        const text = pieces.join('');
        assert.deepEqual(read(text.split(/(?=[\s\S])/u)), read([text]));
      }),
      { numRuns: 1000 },
    );
  });

  it("reads what Python's csv module writes and reads", () => {
    const field = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', 'é', "'") });
    const tables = fc.sample(
      fc.array(fc.array(field, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
      200,
    );
    const program = [
      'import csv, io',
      'out = []',
      'for table in json.load(sys.stdin):',
      "    text = io.StringIO(newline='')",
      '    csv.writer(text).writerows(table)',
      "    rows = list(csv.reader(io.StringIO(text.getvalue(), newline='')))",
      '    out.append([text.getvalue(), [row for row in rows if row]])',
      'print(json.dumps(out))',
    ].join('\n');
    for (const [text, expected] of python(program, tables) as [string, string[][]][])
      assert.deepEqual(fields(text), expected);
  });
});

describe('textKind', () => {
  const kinds = {
    null: [''],
    integer: ['0', '7', '-12', '9007199254740991'],
    long: ['9007199254740993', '9223372036854775807', '-9223372036854775808'],
    float: ['0.5', '-0.0', '1.50', '1e+05', '1.0e5', '1.5E-7', '0.30000000000000004', '123456789012345.6'],
    boolean: ['true', 'FALSE', 'True'],
    string: [
      '01',
      '-0',
      '+1',
      ' 1',
      '1 ',
      '1e5',
      '1,000',
      '1_000',
      '.5',
      '5.',
      'NaN',
      'inf',
      '0x10',
      '1.0e400',
      '1.0e-400',
      '9223372036854775808',
      '٣',
      'yes',
      'null',
    ],
    lossy: ['0.12345678901234567890', '3.14159265358979323846'],
  };

  for (const [kind, texts] of Object.entries(kinds)) {
    it(`is ${kind} for ${texts.map(text => JSON.stringify(text)).join(', ')}`, () => {
      for (const text of texts) assert.equal(textKind(text), kind === 'lossy' ? 'string' : kind, text);
    });
  }

  it('calls nothing a number that Python would not convert exactly', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 20 });
    const number = fc
      .tuple(
        fc.constantFrom('', '-'),
        digits,
        fc.constantFrom('', '.'),
        digits,
        fc.constantFrom('', 'e-', 'e+', 'E'),
        fc.nat(400),
      )
      .map(parts => {
        const [sign, whole, dot, fraction, e, exponent] = parts;
        return `${sign}${whole}${dot && `${dot}${fraction}`}${e && `${e}${exponent}`}`;
      });
    const texts = fc.sample(number, 5000).map(text => [text, textKind(text)]);
    const program = [
      'from decimal import Decimal',
      "exact = {'integer': lambda t: str(int(t)) == t and abs(int(t)) < 2 ** 53, 'long': lambda t: str(int(t)) == t and -2 ** 63 <= int(t) < 2 ** 63,",
      "         'float': lambda t: Decimal(t) == Decimal(repr(float(t))), 'string': lambda t: True}",
      'print(json.dumps([text for text, kind in json.load(sys.stdin) if not exact[kind](text)]))',
    ].join('\n');
    assert.ok(texts.filter(([, kind]) => kind === 'float').length > 200);
    assert.deepEqual(python(program, texts), []);
  });
});
