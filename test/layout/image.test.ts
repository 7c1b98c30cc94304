import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findLayout, layoutQuestion } from '../../src/mage/find.ts';
import { needsPython } from '../framework/needs.ts';
import { assertRefused } from '../python/assert-edit.ts';
import { generate, temporaryFolder } from '../support/generate.ts';
import { tree } from '../support/golden.ts';
import { installedMage } from './site.ts';

const api = {
  kind: 'api',
  name: "Acme's CRM",
  uuid: 'acme_crm',
  base_url: 'https://api.acme.test',
  layout: 'image',
  streams: [{ name: 'deals', path: '/deals', key_properties: ['id'], schema: { properties: { id: 'integer' } } }],
};
const sql = { kind: 'sql', name: 'Acme Shop', dialect: 'duckdb', layout: 'image' };

/** Prints Mage's lists as its server has them. */
const LISTS = `
import json
from mage_ai.data_integrations.sources import constants as c
names = [source['name'] for source in c.SOURCES]
print(json.dumps([names, [source['name'] for source in c.SQL_SOURCES], sorted(c.SQL_SOURCES_MAPPING)]))
`;

describe('a project of open-source Mage', function () {
  this.timeout(120_000);
  needsPython();
  let project: string;

  beforeEach(() => {
    project = temporaryFolder();
    for (const name of ['metadata.yaml', 'io_config.yaml']) writeFileSync(join(project, name), '');
    mkdirSync(join(project, 'data_loaders'));
  });

  it('is Mage Pro’s where nothing is said, asked about in a terminal, and known once it has sources', async () => {
    assert.equal(findLayout(project, 'auto').kind, 'project');
    assert.deepEqual(
      layoutQuestion(project)?.choices.map(({ value }) => value),
      ['image', 'project'],
    );
    await generate('api', api, { cwd: join(project, 'data_loaders') });
    assert.equal(findLayout(project, 'auto').kind, 'image');
    assert.equal(layoutQuestion(project), undefined);
    assert.equal(layoutQuestion(temporaryFolder()), undefined);
  });

  it('is refused where there is no project', () => {
    assertRefused(() => findLayout(temporaryFolder(), 'image'), 'is a Mage project');
  });

  it('keeps its sources, and has what builds them into the image, which is done once', async () => {
    for (const [kind, answers] of [
      ['api', api],
      ['sql', sql],
    ] as const)
      await generate(kind, answers, { cwd: project });
    const sources = join(project, 'mage_sources');
    const text = (name: string) => readFileSync(join(sources, name), 'utf8');
    assert.match(text('Dockerfile'), /^COPY mage_sources \/opt\/mage_sources\nRUN pip install .*requirements\.txt/m);
    assert.match(text('requirements.txt'), /^duckdb/m);
    assert.deepEqual(JSON.parse(text('sources.json')), [
      { name: 'Acme Shop', uuid: 'acme_shop', sql: true },
      { name: "Acme's CRM", module_name: 'AcmeSCRM', uuid: 'acme_crm', sql: false },
    ]);
    assert.ok(!existsSync(join(project, 'data_integrations')));

    const site = installedMage();
    const built = await site.python(join(sources, 'register.py'));
    assert.deepEqual([built.exitCode, built.stderr], [0, '']);
    const { stdout, stderr } = await site.python('-c', LISTS);
    const [names, databases, uuids] = JSON.parse(stdout || `"${stderr}"`);
    assert.deepEqual(
      names.filter((name: string) => name.startsWith('Acme')),
      ["Acme's CRM", 'Acme Shop'].sort(),
    );
    assert.deepEqual(names, [...names].sort());
    assert.ok(databases.includes('Acme Shop') && !databases.includes("Acme's CRM"));
    assert.ok(uuids.includes('acme_shop'));
    const main = join(site.folder, 'mage_integrations/sources/acme_crm/__init__.py');
    const discovered = await site.python(main, '--config_json', '{}', '--discover');
    assert.equal(JSON.parse(discovered.stdout).streams[0].tap_stream_id, 'deals');

    const list = site.list();
    await site.python(join(sources, 'register.py'));
    assert.equal(site.list(), list);
    const written = tree(project);
    await generate('api', api, { cwd: project });
    assert.deepEqual(tree(project), written);
  });

  it('keeps what its author has changed of the files that build', async () => {
    await generate('api', api, { cwd: project });
    const file = join(project, 'mage_sources/Dockerfile');
    const changed = readFileSync(file, 'utf8').replace(':latest', ':0.9.80');
    writeFileSync(file, changed);
    await generate('sql', sql, { cwd: project });
    assert.equal(readFileSync(file, 'utf8'), changed);
  });

  it('refuses a list that it can’t read, and says what to add', async () => {
    await generate('api', api, { cwd: project });
    writeFileSync(join(project, 'mage_sources/sources.json'), '{');
    await assert.rejects(generate('sql', sql, { cwd: project }), /sources\.json.*this is no JSON.*Acme Shop/s);
  });
});
