import assert from 'node:assert/strict';
import { type DialectName, dialectOf } from '../../src/kinds/sql/dialects/registry.ts';
import { readQuery } from '../../src/kinds/sql/query-text.ts';

const read = (text: string, dialect: DialectName = 'postgresql') => readQuery(text, dialectOf(dialect));
const textOf = (text: string, dialect?: DialectName) => {
  const found = read(text, dialect);
  assert.ok('text' in found, `${JSON.stringify(text)}: ${'fault' in found ? found.fault : ''}`);
  return found.text;
};
const faultOf = (text: string, dialect?: DialectName) => {
  const found = read(text, dialect);
  assert.ok('fault' in found, JSON.stringify(text));
  return found.fault;
};

describe('the text of a saved query', () => {
  it('is kept but for the semicolon at its end', () => {
    assert.equal(textOf('\uFEFFSELECT 1;\n'), 'SELECT 1');
    assert.equal(textOf('SELECT 1 ; ; -- done;\n/* ; */\n'), 'SELECT 1   -- done;\n/* ; */');
    assert.equal(textOf('-- a ;\r\nselect \';\', ";" FROM t\r\n'), '-- a ;\r\nselect \';\', ";" FROM t');
    for (const query of [
      'WITH a AS (SELECT 1) SELECT * FROM a',
      '(SELECT 1) UNION (SELECT 2)',
      'VALUES (1)',
      'TABLE x',
      'FROM x',
    ])
      assert.equal(textOf(query), query);
  });

  it('may have anything in texts, names and comments', () => {
    for (const query of [
      'SELECT \'it\'\'s; (\', "a;""b(", 1 /* \' ; ( */ -- " ( ;',
      "SELECT $$ ; ' ( $$, $tag$ $$ ; $tag$, E'it\\'s; ('",
      "SELECT '\\'",
      "SELECT a #> '{b}' FROM t",
    ])
      assert.equal(textOf(query), query);
    assert.equal(textOf("SELECT 'it\\'s; (', `;` # ; (", 'mysql'), "SELECT 'it\\'s; (', `;` # ; (");
    assert.equal(textOf('SELECT [a;b(] FROM t', 'sqlite'), 'SELECT [a;b(] FROM t');
  });

  it('is one query and nothing else', () => {
    assert.equal(faultOf('SELECT 1; SELECT 2'), 'has more than one statement');
    assert.equal(faultOf("SELECT '\\'; DELETE FROM t; --'"), 'has more than one statement');
    assert.equal(faultOf('SELECT (1; 2)'), 'has more than one statement');
    for (const query of ['', ' \n;', '-- SELECT 1', '/* SELECT 1 */']) assert.equal(faultOf(query), 'has no query');
    assert.equal(faultOf('DELETE FROM t'), 'must be a query such as a SELECT, and begins with DELETE');
    assert.match(faultOf('{"id": 1}'), /^must be a query .* begins with \{$/);
    assert.equal(faultOf('SELECT 1) x; DROP TABLE t; --'), 'has a ) that nothing opens');
    assert.equal(faultOf('SELECT (1'), 'has a ( that nothing closes');
    for (const open of ["'", '"', '`', '/*'])
      assert.equal(faultOf(`SELECT 1 ${open} 2`), `has a ${open} that nothing closes`);
    assert.equal(faultOf('SELECT 1\0'), 'has NUL characters');
  });
});
