import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { npmScripts, ROOT, textOf } from './markdown.ts';

interface Job {
  readonly strategy?: {
    readonly matrix: { readonly node?: number[]; readonly include?: { node: number; python: string }[] };
  };
  readonly services?: Readonly<Record<string, unknown>>;
  readonly steps: readonly { readonly run?: string; readonly uses?: string }[];
}

interface Workflow {
  readonly name: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: object;
  readonly jobs: Readonly<Record<string, Job>>;
}

const packageJson = JSON.parse(textOf('package.json'));
const filesIn = (folder: string) => readdirSync(join(ROOT, folder)).map(name => `${folder}/${name}`);
const workflow = (name: string): Workflow => parse(textOf(`.github/workflows/${name}.yml`));

describe('the workflows of GitHub', () => {
  for (const file of filesIn('.github/workflows'))
    it(`${file}: is YAML whose every command is there`, () => {
      const { name, on, permissions, jobs } = parse(textOf(file)) as Workflow;
      assert.ok(name && on && permissions);
      for (const { steps } of Object.values(jobs))
        for (const { run = '', uses } of steps) {
          assert.ok(run !== '' || uses, JSON.stringify(steps));
          for (const script of npmScripts(run)) assert.ok(script in packageJson.scripts, script);
        }
    });

  it('try each Node and each Python that are supported, with both databases', () => {
    const { unit, whole } = workflow('ci').jobs;
    assert.deepEqual(unit?.strategy?.matrix.node, [20, 22, 24]);
    const pairs = whole?.strategy?.matrix.include ?? [];
    assert.deepEqual([...new Set(pairs.map(({ node }) => node))], [20, 22, 24]);
    assert.deepEqual([...new Set(pairs.map(({ python }) => python))], ['3.10', '3.11', '3.12', '3.13']);
    assert.deepEqual(Object.keys(whole?.services ?? {}), ['postgres', 'mariadb']);
  });

  it('publish what a tag names, built by prepack', () => {
    const { on, jobs } = workflow('release');
    assert.deepEqual(on, { push: { tags: ['v*'] } });
    const runs = Object.values(jobs).flatMap(({ steps }) => steps.map(({ run }) => run ?? ''));
    assert.match(runs.at(-1) ?? '', /^npm publish --provenance .*--ignore-scripts=false$/);
    assert.equal(packageJson.scripts.prepack, 'npm run build');
  });
});

describe('the issue forms of GitHub', () => {
  for (const file of filesIn('.github/ISSUE_TEMPLATE').filter(name => !name.endsWith('config.yml')))
    it(`${file}: has a name, and fields that GitHub knows, each with an ID of its own and a label`, () => {
      const { name, description, body } = parse(textOf(file));
      assert.ok(name && description);
      const fields = body as { type: string; id: string; attributes: { label?: string; options?: string[] } }[];
      assert.equal(new Set(fields.map(({ id }) => id)).size, fields.length);
      for (const { type, attributes } of fields) {
        assert.ok(['textarea', 'input', 'dropdown', 'checkboxes'].includes(type), type);
        assert.ok(attributes.label);
        assert.equal(type === 'dropdown', attributes.options !== undefined);
      }
    });
});

describe('package.json', () => {
  it('says where the project is, so that npm and its users find it', () => {
    const { repository, bugs, homepage } = packageJson;
    const place = repository.url.replace(/^git\+/, '').replace(/\.git$/, '');
    assert.deepEqual([bugs.url, homepage], [`${place}/issues`, `${place}#readme`]);
  });
});
