import assert from 'node:assert/strict';
import fc from 'fast-check';
import { markdownCode, markdownText } from '../../src/base/markdown.ts';
import { docstringText, formatText, pythonLiteral, pythonTuple } from '../../src/python/literal.ts';
import { needsPython } from '../framework/needs.ts';
import { HOSTILE_TEXT, python } from './hostile.ts';

/** Any text, lone surrogates too, and often such as could end a literal. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: fc.constantFrom('\\', "'", '"', '\n', '\r', ' ', '{', '}', '|', '`', '<', '\ud800', '🎉', 'a') }),
  fc.constant(HOSTILE_TEXT),
);
const batch = <Value>(of: fc.Arbitrary<Value>) => fc.array(of, { minLength: 100, maxLength: 200, size: 'max' });
const RUNS = { numRuns: 5 };

describe('literals', function () {
  this.timeout(60_000);
  needsPython('demo');

  /** Evaluates each expression of a list. */
  const evaluate = async (expressions: readonly string[]) =>
    JSON.parse(
      await python(
        ['-c', 'import ast, json, sys; print(json.dumps([ast.literal_eval(text) for text in json.load(sys.stdin)]))'],
        JSON.stringify(expressions),
        'demo',
      ),
    );

  it('are the very value for Python, whatever it is', async () => {
    const value = fc.oneof(text, fc.jsonValue({ maxDepth: 3, stringUnit: 'binary', noUnicodeString: false } as never));
    await fc.assert(
      fc.asyncProperty(batch(value), async values => {
        const plain = JSON.parse(JSON.stringify(values));
        assert.deepEqual(await evaluate(values.map(item => pythonLiteral(item as string))), plain);
        assert.deepEqual(await evaluate([pythonTuple(plain)]), [plain]);
      }),
      RUNS,
    );
  });

  it('give the text back from str.format, with keys in the place of placeholders', async () => {
    const script =
      'import ast, json, sys; print(json.dumps([ast.literal_eval(text).format_map({"key": "v"}) for text in json.load(sys.stdin)]))';
    await fc.assert(
      fc.asyncProperty(batch(fc.tuple(text, text)), async pairs => {
        const texts = pairs.map(([before, after]) => `${before}{key}${after}`.replaceAll(/\{(?!key\})[a-z]\w*\}/g, ''));
        const formatted = await python(
          ['-c', script],
          JSON.stringify(texts.map(item => pythonLiteral(formatText(item)))),
          'demo',
        );
        assert.deepEqual(
          JSON.parse(formatted),
          texts.map(item => item.replaceAll('{key}', 'v')),
        );
      }),
      RUNS,
    );
  });

  it('of docstrings never break a module, nor say anything but the text', async () => {
    const script = `
import ast, json, sys
for source in json.load(sys.stdin):
    body = ast.parse(source).body
    assert len(body) == 1 and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant), source
    assert all(len(line) <= 100 for line in source.splitlines()), source
`;
    await fc.assert(
      fc.asyncProperty(batch(text), async texts => {
        await python(
          ['-W', 'error', '-c', script],
          JSON.stringify(texts.map(item => `"""${docstringText(item)}"""\n`)),
          'demo',
        );
      }),
      RUNS,
    );
  });

  it('of Markdown never end a cell of a table, nor are HTML or MDX', () => {
    const bare = (markdown: string) => markdown.replaceAll(/\\[!-/:-@[-`{-~]/g, '');
    fc.assert(
      fc.property(text, item => {
        assert.doesNotMatch(bare(markdownText(item)), /[|<{`&\\*_[\]\r\n]/);
      }),
    );
    fc.assert(
      fc.property(text, item => {
        const code = markdownCode(item);
        assert.doesNotMatch(bare(code), /[|\r\n]/);
        if (!code.startsWith('`')) return assert.doesNotMatch(bare(code), /[<{`]/);
        // CommonMark, section 6.1: a span ends with the first run of as many backticks as it began with.
        const [fence = ''] = /^`+/.exec(code) ?? [];
        const runs = [...code.matchAll(/`+/g)].filter(([run]) => run === fence);
        assert.deepEqual([runs.length, runs.at(-1)?.index], [2, code.length - fence.length]);
        assert(code.length > 2 * fence.length);
      }),
    );
  });
});
