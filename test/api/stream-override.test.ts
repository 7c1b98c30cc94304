import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { selectAll } from '../framework/catalog.ts';
import { needsPython } from '../framework/needs.ts';
import { generate, kindOf, plan } from '../support/generate.ts';
import { git } from '../support/git.ts';
import { otherVersion } from '../support/other-version.ts';
import { StrictApi } from './strict-server.ts';
import { connectorOf, items, records, SCHEMA } from './support.ts';

const PAGES = { pagination: { type: 'page' } };

/** What a user adds to a stream's module: the documented points to override. */
const OVERRIDES = {
  transform: `
    def transform(self, record):
        return {**record, 'name': record['name'].upper()}
`,
  get_records: `
    def get_records(self, response):
        return [{**record, 'name': record['name'].upper()} for record in super().get_records(response)]
`,
};

/** The base class as a later version of the generator may have it. */
const newer = (text: string, path: string) =>
  path.endsWith('base.py') ? text.replace("    TABLE = ''\n", "    NEWER = True\n    TABLE = ''\n") : text;

describe('an override in a stream', function () {
  this.timeout(120_000);
  needsPython();

  const inStream = Object.entries(OVERRIDES).map(([point, override]) => ({
    point,
    path: 'streams/items.py',
    change: (text: string) => text + override,
  }));
  const inBase = {
    point: 'transform',
    path: 'streams/base.py',
    change: (text: string) => text.replace('return record\n', "return {**record, 'name': record['name'].upper()}\n"),
  };

  for (const { point, path, change } of [...inStream, inBase])
    it(`of ${point} in ${path} is used, and survives changed answers and a new version`, async () => {
      const streams = [{ name: 'items', path: '/items', key_properties: ['id'], schema: SCHEMA }];
      const { connector, generated } = await connectorOf({ streams });
      const file = join(generated.folder, path);
      const text = readFileSync(file, 'utf8');
      git(generated.root, 'init', '-q');
      git(generated.root, 'add', '.');
      writeFileSync(file, change(text));
      const version = otherVersion(await kindOf('api'), newer);
      for (const given of [{ kind: 'api' }, PAGES]) {
        const options = { cwd: generated.folder, version };
        const { changes } = await plan('api', given, options);
        assert.deepEqual(
          changes.filter(({ ask }) => ask),
          [],
        );
        await generate('api', given, options);
      }
      const base = readFileSync(join(generated.folder, 'streams/base.py'), 'utf8');
      assert.match(base, /NEWER = True[\s\S]*PAGE_PARAM = 'page'/);
      assert.match(readFileSync(file, 'utf8'), /\.upper\(\)/);
      const pagination = { type: 'page', page_param: 'page', start_page: 1 };
      const api = await new StrictApi({ resources: [{ path: '/items', records: items(3), pagination }] }).listen();
      const configured = connector.with({ port: api.port });
      const outcome = await configured.run({ catalog: selectAll(await configured.catalog()) });
      await api.close();
      const names = records(outcome).map(({ name }) => name);
      assert.deepEqual(names, ['ITEM 1', 'ITEM 2', 'ITEM 3'], outcome.error);
    });
});
