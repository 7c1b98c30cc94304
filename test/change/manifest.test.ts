import assert from 'node:assert/strict';
import { renderJson } from '../../src/changes/render.ts';
import { manifestText, readManifest } from '../../src/connector/manifest.ts';
import type { StreamModel } from '../../src/connector/model.ts';
import { writtenSchemas } from '../../src/connector/written-schemas.ts';

const KEY = 'generator-mage-connector';
const NOTHING = { answers: undefined, schemas: {}, files: undefined };
const stream = (name: string, ...columns: string[]): StreamModel =>
  ({
    name,
    schema: {
      type: 'object',
      properties: Object.fromEntries(columns.map(column => [column, { type: ['null', 'string'] }])),
    },
    untypedColumns: columns.filter(column => column === 'unknown'),
  }) as unknown as StreamModel;

describe('what is recorded of schemas', () => {
  it('has every column of a new stream, what was recorded of others, and what was brought up to date', () => {
    const first = writtenSchemas([stream('a', 'id', 'unknown')], {});
    assert.deepEqual(first, { a: { id: 'string', unknown: 'null' } });
    const grown = writtenSchemas([stream('a', 'id'), stream('b', 'id')], first);
    assert.deepEqual(grown, { ...first, b: { id: 'string' } });
    const refreshed = { ...stream('a', 'id'), written: { id: 'integer' } };
    assert.deepEqual(writtenSchemas([refreshed], grown), { a: { id: 'integer' } });
  });
});

describe('the manifest', () => {
  it('keeps what else stands in its file, and its layout', () => {
    const before =
      '{\r\n\t"other": [1,2],\r\n\t"generator-mage-connector": {\r\n\t\t"answers": {"kind":"api"},\r\n\t\t"schemas": {}\r\n\t}\r\n}';
    const text = manifestText(before, 'x', { ...NOTHING, answers: { kind: 'api' }, schemas: { a: { id: 'integer' } } });
    assert.equal(text, before.replace('{}', '{\r\n\t\t\t"a": "id: integer"\r\n\t\t}'));
    const { schemas } = readManifest(text, 'x');
    assert.equal(manifestText(text, 'x', { ...NOTHING, answers: { kind: 'api', name: undefined }, schemas }), text);
  });

  it('is the same whether it is new or was changed, and says what it was given', () => {
    const answers = { kind: 'api', list: [{ a: [] }, {}], name: 'x' };
    const schemas = { b: { id: 'integer' }, a: { tags: ['string'] as const, owner: { name: 'null' } } };
    const files = { 'b.py': '000000000000', 'a.py': '111111111111' };
    const whole = manifestText(undefined, 'x', { answers, schemas, files });
    const lines = { a: 'tags: [string], owner: {name: null}', b: 'id: integer' };
    const sorted = { 'a.py': files['a.py'], 'b.py': files['b.py'] };
    assert.equal(whole, renderJson({ [KEY]: { answers, schemas: lines, files: sorted } }));
    const other = manifestText(undefined, 'x', { ...NOTHING, answers: { kind: 'sql' } });
    assert.equal(manifestText(other, 'x', { answers, schemas, files }), whole);
    assert.deepEqual(readManifest(whole, 'x'), { answers, schemas, files });
  });

  it('is read as older versions wrote it, and written as this one does', () => {
    const schemas = { a: { id: 'integer', tags: ['string'] as const } };
    const older = renderJson({ [KEY]: { answers: { kind: 'api' }, schemas } });
    const manifest = readManifest(older, 'x');
    assert.deepEqual(manifest, { answers: { kind: 'api' }, schemas, files: undefined });
    const now = { [KEY]: { answers: { kind: 'api' }, schemas: { a: 'id: integer, tags: [string]' } } };
    assert.equal(manifestText(older, 'x', manifest), renderJson(now));
  });

  it('is refused where it is no JSON object, and where it does not say what it says there', () => {
    for (const text of ['{', '[]', '// x\n{'])
      assert.throws(() => readManifest(text, 'x'), /^UserError: x: can't be read: it is no valid JSON/);
    const says = (section: object) => readManifest(JSON.stringify({ [KEY]: section }), 'x');
    assert.throws(
      () => says({ schemas: { a: 'id' } }),
      /^UserError: x: can't be read: what it says of the schema of a is/,
    );
    assert.throws(
      () => says({ schemas: { a: ['id'] } }),
      /^UserError: x: can't be read: what it says of the schema of a/,
    );
    assert.throws(() => says({ files: { 'a.py': 1 } }), /^UserError: x: can't be read: what it says of a\.py is no/);
    assert.deepEqual(readManifest(undefined, 'x'), NOTHING);
    assert.deepEqual(says({ schemas: [] }), NOTHING);
  });
});
