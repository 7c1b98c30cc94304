import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { selectAll } from '../framework/catalog.ts';
import { needsPython } from '../framework/needs.ts';
import { generate, kindOf, plan } from '../support/generate.ts';
import { git } from '../support/git.ts';
import { otherVersion } from '../support/other-version.ts';
import { StrictApi } from './strict-server.ts';
import { connectorOf, ids, items, SCHEMA } from './support.ts';

const PAGES = { pagination: { type: 'page' }, rate_limit: { calls: 50, seconds: 1 } };
const GIVEN = "request['headers']['Authorization'] = f'Bearer {self.config[\"access_token\"]}'";

/** What a user writes where the API wants more than the generator knows of: the documented point to override. */
const MINE = "request['params']['signature'] = 'signed'";

/** The client as a later version of the generator may have it. */
const newer = (text: string, path: string) =>
  path.endsWith('client.py') ? text.replace(/^(class \w+Client\(Client\):\n)/m, '$1    NEWER = True\n\n') : text;

describe('an override of authenticate in a client', function () {
  this.timeout(120_000);
  needsPython();

  for (const [name, auth, from] of [
    ['with a scheme', { type: 'bearer' }, `        ${GIVEN}\n`],
    ['without one', { type: 'none' }, 'to its headers, params or json."""\n'],
  ] as const)
    it(`${name} is used, and survives changed answers and a new version`, async () => {
      const streams = [{ name: 'items', path: '/items', key_properties: ['id'], schema: SCHEMA }];
      const { connector, generated } = await connectorOf({ auth, streams });
      const file = join(generated.folder, 'client.py');
      // As it was generated: Git has the text that later runs merge by.
      const text = readFileSync(file, 'utf8').replace('BACKOFF = 0.01', 'BACKOFF = 1');
      writeFileSync(file, text);
      assert.ok(text.includes(from), text);
      git(generated.root, 'init', '-q');
      git(generated.root, 'add', '.');
      writeFileSync(
        file,
        text.replace(from, before => `${before}        ${MINE}\n`),
      );
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
      const regenerated = readFileSync(file, 'utf8');
      assert.match(regenerated, /NEWER = True[\s\S]*def keep_rate_limit/);
      assert.ok(regenerated.includes(MINE));
      const resources = [
        {
          path: '/items',
          records: items(3),
          params: { signature: 'signed' },
          pagination: { type: 'page', page_param: 'page', start_page: 1 },
        },
      ];
      const api = await new StrictApi({ auth, resources }).listen();
      const configured = connector.with({ port: api.port, access_token: 'a-secret-access-token' });
      const outcome = await configured.run({ catalog: selectAll(await configured.catalog()) });
      await api.close();
      assert.deepEqual(ids(outcome), [1, 2, 3], outcome.error);
    });
});
