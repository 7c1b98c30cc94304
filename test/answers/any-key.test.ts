import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as v from 'valibot';
import { withAnyKey } from '../../src/answers/any-key.ts';
import { fields, oneOf, textMap } from '../../src/answers/fields.ts';
import { validate } from '../../src/answers/validate.ts';
import { generate, textOf } from '../support/generate.ts';

const NAMES = ['constructor', '__proto__', 'prototype', 'toString'];

const object = (entries: readonly (readonly [string, unknown])[]) => Object.fromEntries(entries);

describe('keys that every object of JavaScript has', () => {
  it('are keys like any others in a mapping', () => {
    const value = object(NAMES.map(name => [name, 'x']));
    const { output, problems } = validate(textMap(''), value);
    assert.deepEqual(problems, []);
    assert.deepEqual(Object.entries(output), Object.entries(value));
  });

  it('are unknown like any others among answers, with their place', () => {
    const { problems } = validate(
      fields({ name: v.string() }),
      object([['name', 'x'], ...NAMES.map(name => [name, 1] as const)]),
    );
    assert.deepEqual(problems.map(({ where }) => where).sort(), [...NAMES].sort());
    for (const { message } of problems) assert.match(message, /^is unknown/);
  });

  it('have the problems of their values told by their own names', () => {
    const { problems } = validate(fields({ params: textMap('') }), { params: object([['__proto__', []]]) });
    assert.deepEqual(problems, [
      { where: 'params.__proto__', path: ['params', '__proto__'], message: 'must be text, a number or true/false' },
    ]);
  });

  it('make no difference to any other mapping', () => {
    const plain = v.record(v.string(), v.number(), 'no');
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.anything()), value => {
        const safe = Object.fromEntries(Object.entries(value).filter(([key]) => !NAMES.includes(key)));
        assert.deepEqual(validate(withAnyKey(plain), safe).problems, validate(plain, safe).problems);
      }),
    );
  });

  it('can be columns', async () => {
    const properties = object([['id', 'integer'], ...NAMES.map(name => [name, 'string'] as const)]);
    const stream = { name: 'things', path: 'things.csv', key_properties: ['id'], schema: { properties } };
    const connector = await generate('file', { kind: 'file', name: 'Things', format: 'csv', streams: [stream] });
    const schema = JSON.parse(await textOf(connector, 'schemas/things.json'));
    assert.deepEqual(Object.keys(schema.properties).sort(), ['id', ...NAMES].sort());
  });
});

describe('one of several forms', () => {
  it('says how to write one that is given by its name alone', () => {
    const auth = oneOf('type', [fields({ type: v.literal('bearer') }), fields({ type: v.literal('basic') })]);
    assert.deepEqual(
      validate(fields({ auth }), { auth: 'bearer' }).problems.map(({ message }) => message),
      ['must be a mapping of keys: {type: bearer}'],
    );
    assert.deepEqual(
      validate(fields({ auth }), { auth: 'other' }).problems.map(({ message }) => message),
      ['must be a mapping of keys'],
    );
  });
});
