import assert from 'node:assert/strict';
import { concealed, isCommand, isUnfinished } from '../../src/answers/pasted-text.ts';

describe('a text that is pasted', () => {
  const unfinished = [
    "curl 'https://a.test' \\",
    'curl "https://a.test" ^',
    "curl 'https://a.test",
    'curl "a \\" b',
    "$ curl -d '{\n",
    '{"a": 1,',
    '[1,\n2',
  ];
  for (const text of unfinished)
    it(`goes on after ${JSON.stringify(text)}, unless an empty line ends it`, () => {
      assert.equal(isUnfinished(text.trimEnd()), true);
      assert.equal(isUnfinished(`${text.trimEnd()}\n`), false);
    });

  for (const text of [
    '',
    'api.yaml',
    'https://a.test',
    "curl 'https://a.test'",
    'curl "it\'s"',
    '{"a": 1}',
    "it's.yaml",
  ])
    it(`doesn't go on after ${JSON.stringify(text)}`, () => {
      assert.equal(isUnfinished(text), false);
    });

  const shown: [string, string][] = [
    ['api.yaml', 'api.yaml'],
    ['https://a.test/v1', 'https://a.test/v1'],
    ['https://a.test/v1?api_key=SECRET', 'https://a.test/v1 …'],
    ['https://me:SECRET@a.test/v1', 'https://a.test/v1 …'],
    ["curl -u 'me:SECRET' 'https://a.test/v1?key=SECRET' -b SECRET", 'curl https://a.test/v1 …'],
    ['$ curl https://me:SECRET@a.test/', 'curl https://a.test/ …'],
    ['curl -H "SECRET" a.test', 'curl …'],
    ['crul -u me:SECRET https://a.test', 'crul …'],
    ['{"token": "SECRET"}', '{ …'],
  ];
  for (const [text, expected] of shown)
    it(`is shown without its secrets: ${expected}`, () => {
      assert.equal(concealed(text), expected);
    });

  it('is a command where it begins as one', () => {
    assert.deepEqual(['curl x', ' $ curl.exe x', 'curling.yaml', 'wget x'].map(isCommand), [true, true, false, false]);
  });
});
