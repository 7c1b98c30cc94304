import assert from 'node:assert/strict';
import fc from 'fast-check';
import { UserError } from '../../src/base/problems.ts';
import { editSchemaText, parseSchemaText, type SchemaEdit } from '../../src/schema/write/schema-text.ts';

const edit = (text: string, ...edits: SchemaEdit[]) => editSchemaText(text, parseSchemaText(text, 'x.json'), edits);
const refused = (text: string) => {
  try {
    parseSchemaText(text, 'x.json');
  } catch (error) {
    assert.ok(error instanceof UserError, String(error));
    return error.message;
  }
  return assert.fail('no error');
};
const INTEGER = { type: ['null', 'integer'] };

describe('the text of a schema', () => {
  it('gets what is new in the style of its neighbours', () => {
    const add = (text: string) =>
      edit(text, { path: ['properties', 'b'], value: INTEGER }, { path: ['properties', 'c'], value: INTEGER });
    const wide =
      '{\r\n\t"type": "object",\r\n\t"properties": {\r\n\t\t"a": {\r\n\t\t\t"type": ["null", "string"]\r\n\t\t}\r\n\t}\r\n}';
    const added = (name: string) => `,\r\n\t\t"${name}": {\r\n\t\t\t"type": ["null", "integer"]\r\n\t\t}`;
    assert.equal(add(wide), wide.replace('\r\n\t\t}', `\r\n\t\t}${added('b')}${added('c')}`));
    const lines = '{"properties": {\n  "a": {"type": ["null", "string"]}\n}}\n';
    assert.equal(
      add(lines),
      lines.replace('\n}}', ',\n  "b": {"type": ["null", "integer"]},\n  "c": {"type": ["null", "integer"]}\n}}'),
    );
    assert.equal(
      add('{"properties":{"a":{}}}'),
      '{"properties":{"a":{},"b":{"type":["null","integer"]},"c":{"type":["null","integer"]}}}',
    );
  });

  it('is written as we do where the object is empty', () => {
    const text = `${JSON.stringify({ type: 'object', properties: {} }, undefined, 2)}\n`;
    const expected = `${JSON.stringify({ type: 'object', properties: { a: INTEGER } }, undefined, 2)}\n`;
    assert.equal(edit(text, { path: ['properties', 'a'], value: INTEGER }), expected);
  });

  it('keeps every byte around what is replaced', () => {
    const text = '{ "properties" : {\n\n  "a": {"type": "string"},  "b" : 1\n} }';
    assert.equal(
      edit(text, { path: ['properties', 'a'], value: INTEGER }),
      text.replace('{"type": "string"}', '{"type": ["null", "integer"]}'),
    );
  });

  it('says why it cannot be read', () => {
    assert.match(
      refused('{\n  // mine\n  "properties": {}\n}'),
      /^x\.json, line 2: has a comment, which Mage refuses \(mend it, or write it anew/,
    );
    assert.match(refused('{"properties": {},}'), /^x\.json, line 1: is no valid JSON: /);
    assert.match(refused(''), /x\.json, line 1: is no valid JSON/);
    assert.match(refused('\ufeff{}'), /byte order mark/);
    assert.match(refused('{"properties": {"a": {},\n"a": {}}}'), /^x\.json, line 2: names "a" twice/);
  });

  it('holds after any edits what they say, whatever the names and the layout', () => {
    const name = fc.oneof(fc.constantFrom('__proto__', 'a', '', '"', '\\', '\n', '0'), fc.string({ unit: 'binary' }));
    const columns = fc.dictionary(name, fc.constantFrom({}, INTEGER, { type: 'string' }), { noNullPrototype: true });
    const indent = fc.constantFrom(undefined, 1, 2, '\t');
    fc.assert(
      fc.property(columns, columns, indent, (before, after, space) => {
        const text = JSON.stringify({ type: 'object', properties: before }, undefined, space);
        const edits = Object.entries(after).map(([name, value]) => ({ path: ['properties', name], value }));
        const properties = Object.fromEntries([...Object.entries(before), ...Object.entries(after)]);
        assert.deepEqual(JSON.parse(edit(text, ...edits)), JSON.parse(JSON.stringify({ type: 'object', properties })));
      }),
      { numRuns: 500 },
    );
  });
});
