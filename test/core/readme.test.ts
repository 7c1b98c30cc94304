import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as v from 'valibot';
import { parse } from 'yaml';
import { streamSchema } from '../../src/answers/connector.ts';
import { apiAnswers, apiStream } from '../../src/kinds/api/answers.ts';
import { dialectNames } from '../../src/kinds/sql/dialects/registry.ts';
import { driver } from '../../src/kinds/sql/driver-answers.ts';
import { connectorOptions, optionsIn } from '../../src/options/definitions.ts';
import { workspaceCheckout } from '../framework/checkout.ts';
import { generate, plan, temporaryFolder, textOf } from '../support/generate.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const BY_EXAMPLE = readFileSync(join(ROOT, 'docs/answers-by-example.md'), 'utf8');

/** The code blocks of a language. */
function blocks(language: string, page = README): string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, code]) => code ?? '');
}

describe('the README', () => {
  const [example = ''] = blocks('yaml');
  const ofPage = blocks('yaml', BY_EXAMPLE);
  const beginning = (key: string) => ofPage.find(block => block.startsWith(`${key}:`)) ?? '';
  const [terms, columns, drivers, schemas] = [
    beginning('auth'),
    `${beginning('key_properties')}${beginning('keep_when')}`,
    beginning('driver'),
    beginning('schema'),
  ];
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder();
    copyFileSync(join(ROOT, 'examples/samples/deals.json'), join(folder, 'deals.json'));
    writeFileSync(join(folder, 'acme.yaml'), example);
  });

  it('has at most 1,200 words', () => {
    assert.ok(README.split(/\s+/).length <= 1200);
  });

  it('shows an example that gives the module beside it', async () => {
    const checkout = workspaceCheckout(join(folder, 'mage-ai'));
    const generated = await generate('api', join(folder, 'acme.yaml'), { cwd: checkout.root });
    assert.ok(blocks('python').includes(await textOf(generated, 'streams/deals.py')));
    assert.ok(generated.files.includes('mage_ai/data_integrations/sources/constants.py'));
  });

  it('shows the errors as they are', async () => {
    const wrong = example
      .replace('replication_key:', 'replicaton_key:')
      .replace('sample: deals.json', 'sampel: deals.json');
    writeFileSync(join(folder, 'acme.yaml'), wrong);
    const shown = README.match(/^mage-connector: (\d problems:[\s\S]*?)\n```$/m)?.[1];
    await assert.rejects(plan('api', 'acme.yaml', { cwd: folder }), { message: shown });
  });

  it('shows terms that the definitions accept', () => {
    for (const line of terms.trim().split('\n')) {
      const [key, value] = Object.entries(parse(line))[0] as ['auth' | 'pagination', unknown];
      v.parse(apiAnswers.entries[key], value);
    }
    for (const line of columns.trim().split('\n')) {
      const [key, value] = Object.entries(parse(line))[0] as [keyof typeof apiStream.entries, unknown];
      v.parse(apiStream.entries[key], value);
    }
    for (const line of schemas.trim().split('\n')) v.parse(streamSchema, parse(line).schema);
    v.parse(driver, parse(drivers).driver);
  });

  it('shows requests of a stream that the definition accepts', () => {
    const [, braces = ''] = BY_EXAMPLE.split('### Names in braces\n');
    const [texts = '', parts = '', items = '', parents = '', found = '', described = '', formats = ''] = blocks(
      'yaml',
      braces,
    );
    const lines = `${texts}${parts}${formats}`.trim().split('\n');
    assert.equal(lines.length, 13);
    const schema = { properties: { id: 'integer' } };
    for (const block of [items, parents, found, described])
      for (const stream of parse(block)) v.parse(apiStream, { schema, path: '/items', ...stream });
    for (const line of lines) v.parse(apiStream, { name: 'items', path: '/items', schema, ...parse(line) });
  });

  it('shows configuration keys that the definition accepts', () => {
    const { config, start_days_ago } = parse(beginning('config'));
    v.parse(v.object({ config: apiAnswers.entries.config, start_days_ago: apiAnswers.entries.start_days_ago }), {
      config,
      start_days_ago,
    });
    assert.ok(config.length >= 5);
  });

  it('names every database', () => {
    for (const name of dialectNames) assert.match(README, new RegExp(`\`${name}\``));
  });

  it('lists every option', () => {
    const names = Object.keys(optionsIn(connectorOptions));
    assert.ok(names.length > 0);
    for (const name of names) assert.match(README, new RegExp(`^\\| \`--${name}[ \`]`, 'm'));
  });
});
