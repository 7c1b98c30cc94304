import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { answersJsonSchema } from '../../scripts/answers-schema.ts';
import { readAnswers } from '../../src/answers/document.ts';
import { answersFile } from '../../src/answers/save.ts';
import { UserError } from '../../src/base/problems.ts';
import { exampleFiles } from '../examples/running.ts';
import { generate, plan, temporaryFolder } from '../support/generate.ts';
import { tree } from '../support/golden.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const EXAMPLES = join(ROOT, 'examples');

/** The message of what a run with this answers file is refused with. */
async function refusal(text: string, kind: 'api' | 'sql' | 'file' = 'api'): Promise<string> {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'a.yaml'), text);
  const error = await plan(kind, 'a.yaml', { cwd }).then(
    () => assert.fail('it was accepted'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof UserError, String(error));
  assert.deepEqual(Object.keys(tree(cwd)), ['a.yaml']);
  return error.message;
}

describe('an answers file', () => {
  it('has all its problems told at once, each with its path, its line and a suggestion', async () => {
    const message = await refusal(
      [
        'kind: api',
        'name: ""',
        'base_ulr: https://api.acme.test',
        'auth: {type: bearrer}',
        'paginaton: {type: page}',
        'streams:',
        '  - name: deals and more',
        '    path: /deals?x=1',
        '    replicaton_key: updated_at',
        '    schema: {sample: nowhere.json}',
        '  - name: contacts',
        '    path: /contacts',
        '    key_properties: id',
        '    schema: {properties: {id: integr}}',
        '  - name: notes',
        '    path: /notes',
        '    key_properties: [idd]',
        '    replication_method: INCREMENTAL',
        '    schema: {properties: {id: integer}}',
      ].join('\n'),
    );
    const expected = [
      'a.yaml, name, line 2: is empty',
      'a.yaml, base_url, line 1: is missing',
      'a.yaml, base_ulr, line 3: is unknown: did you mean base_url?',
      'a.yaml, paginaton, line 5: is unknown: did you mean pagination?',
      'a.yaml, streams[0].name, line 7: must be letters, digits, _ and -, 63 at most, such as deals_and_more',
      'a.yaml, streams[0].path, line 8: must be a path such as /deals, without a query (params has those)',
      'a.yaml, streams[0].replicaton_key, line 9: is unknown: did you mean replication_key?',
      'a.yaml, streams[1].key_properties, line 13: must be a list',
      'a.yaml, streams[2].key_properties, line 17: idd is no column of the schema (did you mean id?)',
      'a.yaml, streams[2].replication_key, line 15: is missing: INCREMENTAL needs it',
    ];
    for (const line of expected) assert.ok(message.includes(line), `${line}\n--- is not in\n${message}`);
    assert.match(message, /auth\.type, line 4: must be .*bearer/);
    assert.match(message, /streams\[1\]\.schema.*line 14: /);
  });

  it('has its syntax errors told with their lines', async () => {
    assert.match(
      await refusal('kind: api\nname: [a\nbase_url: x: y'),
      /^(\d+ problems:|a\.yaml, line)[\s\S]*line [23]/,
    );
    assert.match(await refusal('kind: api\nname: a\nname: b'), /line 3: Map keys must be unique/);
    assert.match(await refusal('just text'), /a\.yaml: must be a mapping of keys/);
    assert.match(await refusal(''), /must be a mapping of keys/);
  });

  it('refuses an alias bomb', async () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefg'.split('').map((key, i) => `${key}: &${key} [${`*${'abcdefg'[i]},`.repeat(9)}]`),
    ];
    assert.match(await refusal(bomb.join('\n')), /Excessive alias count/);
  });

  it('may be JSON, and says where a file is missing', async () => {
    assert.match(await refusal('{"kind": "api",\n "name": "A",\n "base_url": 7}'), /base_url, line 3: must be text/);
    assert.throws(() => readAnswers('nowhere.yaml', ROOT), /--answers: there is no file nowhere\.yaml/);
    assert.throws(() => readAnswers('examples', ROOT), /--answers: examples can't be read/);
  });

  it('refuses secrets', async () => {
    const answers =
      'kind: api\nname: A\nbase_url: https://a.test\nstreams: [{name: a, path: /a, schema: {properties: {id: integer}}}]\n';
    assert.match(
      await refusal(`${answers}headers: {Authorization: Bearer abc}`),
      /headers\.Authorization, line 5: looks like a secret/,
    );
    assert.match(
      await refusal(`${answers}config: [{name: key, secret: true, default: abc}]`),
      /config\[0\]\.default, line 5: .*secret/,
    );
  });

  it('is saved so that it gives the same connector from wherever it stands', async () => {
    const first = await generate('api', join(EXAMPLES, 'api.yaml'), { options: { layout: 'standalone' } });
    const document = readAnswers(join(EXAMPLES, 'api.yaml'), ROOT);
    const folder = temporaryFolder();
    const file = join(folder, 'saved.yaml');
    writeFileSync(file, answersFile(document.value as Record<string, unknown>, document.folder, file, []));
    const second = await generate('api', file, { options: { layout: 'standalone' } });
    assert.deepEqual(tree(second.folder), tree(first.folder));
  });
});

describe('answers.schema.json', () => {
  const published = JSON.parse(readFileSync(join(ROOT, 'answers.schema.json'), 'utf8'));
  const isValid = new Ajv({ strict: false }).compile(published);

  it('is what the definitions give', async () => {
    assert.deepEqual(published, JSON.parse(JSON.stringify(await answersJsonSchema())));
  });

  for (const name of exampleFiles) {
    it(`accepts examples/${name}, and nothing that is mistyped in it`, () => {
      const answers: object = parse(readFileSync(join(EXAMPLES, name), 'utf8'));
      assert.ok(isValid(answers), JSON.stringify(isValid.errors));
      assert.ok(!isValid({ ...answers, nmae: 'x' }));
      assert.ok(!isValid({ ...answers, name: undefined, kind: 'apy' }));
    });
  }

  it('accepts the answers of stream and schema', () => {
    assert.ok(isValid({ streams: [{ name: 'a', path: '/a', schema: { sample: 'a.json' } }] }));
    assert.ok(isValid({ stream: 'a', sample: 'a.json' }));
  });
});

describe('answers as people write them', () => {
  const STREAM = 'streams: [{name: a, path: /a, schema: {properties: {id: integer}}';

  it('may have a description of several lines, which becomes one', async () => {
    const text = `kind: api\nname: Acme\nbase_url: https://a.test\ndescription: |\n  Deals\n    and contacts.\n  Daily.\n${STREAM}}]`;
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'a.yaml'), text);
    const { model } = await plan('api', 'a.yaml', { cwd });
    assert.equal(model.description, 'Deals and contacts. Daily.');
  });

  it('may have a placeholder for any part of an address', async () => {
    for (const base_url of [
      'https://api.{site}',
      'https://{host}:{port}/v2',
      '{protocol}://x.test',
      'https://{a}.{b}.test/{c}',
    ]) {
      const text = `kind: api\nname: Acme\nbase_url: "${base_url}"\n${STREAM}}]`;
      const found = await refusal(`${text}\nx: 1`);
      // Nothing but the address that begins with no protocol is refused.
      assert.equal(/base_url, line/.test(found), base_url.startsWith('{'), found);
    }
  });

  it('have no query in the base URL, and are told where it belongs', async () => {
    const message = await refusal(`kind: api\nname: Acme\nbase_url: https://a.test/deals?limit=10\n${STREAM}}]`);
    assert.match(message, /base_url, line 3: must end before \?limit=10: the params of a stream/);
  });

  it('are understood by the names of other tools', async () => {
    const message = await refusal(`kind: api\nname: Acme\nurl_base: https://a.test\n${STREAM}, primary_key: id}]`);
    assert.match(message, /streams\[0\]\.primary_key.*did you mean key_properties\?/);
    assert.match(message, /url_base.*did you mean base_url\?/);
  });

  it('are refused with the name of their file where they are nested too deeply', async () => {
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    assert.match(await refusal(`kind: api\nname: ${deep}`), /^a\.yaml.*nested too deeply/);
  });
});
