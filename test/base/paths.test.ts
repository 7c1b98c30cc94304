import assert from 'node:assert/strict';
import fc from 'fast-check';
import { followPath, isFault, type Path, parsePath, pathOf, pathText, valuesAt } from '../../src/base/paths.ts';

describe('paths into responses', () => {
  it('are keys, positions, every item, quoted keys and items by a field', () => {
    const written: [string, Path][] = [
      ['', []],
      ['data.items', [{ key: 'data' }, { key: 'items' }]],
      ['groups.*.items', [{ key: 'groups' }, { every: true }, { key: 'items' }]],
      ['*', [{ every: true }]],
      ['[0].id', [{ index: 0 }, { key: 'id' }]],
      ['rows[-1].at', [{ key: 'rows' }, { index: -1 }, { key: 'at' }]],
      ['["@odata.nextLink"]', [{ key: '@odata.nextLink' }]],
      ['a["b.c"]["d\\"e\\\\"].f', [{ key: 'a' }, { key: 'b.c' }, { key: 'd"e\\' }, { key: 'f' }]],
      ['links[rel=next].href', [{ key: 'links' }, { where: { field: 'rel', value: 'next' } }, { key: 'href' }]],
      ['First Name', [{ key: 'First Name' }]],
      ['@nextLink.$top', [{ key: '@nextLink' }, { key: '$top' }]],
      ['data.0', [{ key: 'data' }, { key: '0' }]],
    ];
    for (const [text, path] of written) assert.deepEqual(parsePath(text), path, text);
  });

  it('are refused where they are something else, with the place', () => {
    const faults: [string, number, RegExp][] = [
      ['.data', 1, /key is missing/],
      ['data.', 5, /key is missing/],
      ['data..items', 6, /key is missing/],
      ['data.[0]', 6, /dot stands before a bracket/],
      ['data[0]items', 8, /dot is missing/],
      ['links[rel=next', 6, /bracket holds/],
      ["['@odata.nextLink']", 1, /bracket holds/],
      ['a\\.b', 2, /dot is missing/],
      ['"a.b"', 1, /stands in \["…"\]/],
      ['$.data[*]', 7, /bracket holds/],
      ['data[1.5]', 5, /bracket holds/],
      ['data*', 5, /dot is missing/],
    ];
    for (const [text, at, message] of faults) {
      const found = parsePath(text);
      assert.ok(isFault(found), text);
      assert.match(found.message, message, text);
      if (text !== 'data.') assert.equal(found.at, at, text);
      assert.throws(() => pathOf(text), RangeError);
    }
  });

  it('come back from their text, whatever the keys are', () => {
    const key = fc.string({ minLength: 1, unit: 'binary' }).map(text => ({ key: text }));
    const word = fc.stringMatching(/^[A-Za-z0-9_@-]+$/);
    const step = fc.oneof(
      key,
      fc.integer({ min: -99, max: 99 }).map(index => ({ index })),
      fc.constant({ every: true } as const),
      fc.record({ field: word, value: word }, { noNullPrototype: true }).map(where => ({ where })),
    );
    fc.assert(fc.property(fc.array(step, { maxLength: 5 }), path => assert.deepEqual(parsePath(pathText(path)), path)));
  });

  it('never throw, whatever the text is', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), text => assert.ok(parsePath(text) !== undefined)));
  });

  const links = [
    { rel: 'self', href: '/a' },
    { rel: 'next', href: '/b' },
  ];

  it('lead to values', () => {
    const response = {
      data: [{ id: 1 }, { id: 2 }],
      '@odata.nextLink': '/n',
      links,
      map: { a: { n: 1 }, b: { n: 2 } },
    };
    const at = (text: string) => valuesAt(response, pathOf(text));
    assert.deepEqual(at('data[-1].id'), [2]);
    assert.deepEqual(at('data.1.id'), [2]);
    assert.deepEqual(at('data.*.id'), [1, 2]);
    assert.deepEqual(at('map.*.n'), [1, 2]);
    assert.deepEqual(at('["@odata.nextLink"]'), ['/n']);
    assert.deepEqual(at('links[rel=next].href'), ['/b']);
    assert.deepEqual(at('links[rel=last].href'), []);
    assert.deepEqual(at('data[7].id'), []);
    // What every object has isn't in a response.
    assert.deepEqual(at('constructor'), []);
    assert.deepEqual(at('data.length'), []);
  });

  it('say where they end, and which keys are there instead', () => {
    const response = { data: [], meta: { total: 3, next_cursor: 'x' }, nextPageToken: 'y', links };
    const instead = (text: string) => followPath(response, pathOf(text)).instead.map(pathText);
    assert.equal(followPath(response, pathOf('meta.total')).missing, undefined);
    const nearest = (text: string) => pathText(followPath(response, pathOf(text)).nearest ?? []);
    assert.deepEqual(instead('meta.next'), ['meta.total', 'meta.next_cursor']);
    assert.equal(nearest('meta.next'), 'meta.next_cursor');
    assert.equal(nearest('next_page_token'), 'nextPageToken');
    assert.equal(nearest('rows'), '');
    assert.deepEqual(followPath(response, pathOf('meta.next.x')).found, [{ key: 'meta' }]);
    assert.deepEqual(instead('links[rel=prev].href'), []);
  });
});
