import assert from 'node:assert/strict';
import { UserError } from '../../src/base/problems.ts';
import { flake8 } from '../framework/flake8.ts';
import { needsPython } from '../framework/needs.ts';
import { type Generated, generate } from '../support/generate.ts';
import { filesOf, openFolder } from './doors.ts';
import { freshPlace, python, SOUND, survey, UNSOUND } from './hostile.ts';

const STREAM = { name: 'rows', path: 'rows', schema: { properties: { id: 'integer' } } };
const KINDS = {
  api: { kind: 'api', base_url: 'https://a.test', streams: [STREAM] },
  sql: { kind: 'sql', dialect: 'sqlite' },
  file: { kind: 'file', format: 'csv', streams: [STREAM] },
} as const;

describe('names', function () {
  this.timeout(90_000);
  needsPython();

  for (const kind of ['api', 'sql', 'file'] as const) {
    for (const layout of ['core', 'project'] as const) {
      it(`${kind}, ${layout}: any sound name gives a connector that is clean, is listed at once, and discovers`, async () => {
        const place = freshPlace(layout);
        const cwd = place.project ?? place.checkout.root;
        const connectors: Generated[] = [];
        for (const name of SOUND) connectors.push(await generate(kind, { ...KINDS[kind], name }, { cwd }));
        const listed = await survey(place, connectors, { path: await emptyDatabase() });
        for (const { model } of connectors) {
          const { name, fast, streams } = listed[model.uuid] ?? assert.fail(`${model.name} is not listed`);
          assert.deepEqual(
            { name, fast, streams },
            { name: model.name, fast: true, streams: kind === 'sql' ? [] : ['rows'] },
          );
        }
        const sources = place.project ? `${place.project}/data_integrations` : place.checkout.sources;
        // A real checkout has findings of its own.
        const ours = (finding: string) => connectors.some(({ folder }) => finding.startsWith(`${folder}/`));
        assert.deepEqual((await flake8(sources)).filter(ours), []);
      });
    }

    it(`${kind}: an unsound name gives one error, and nothing is written`, async () => {
      const cwd = openFolder();
      for (const [name, message] of UNSOUND) {
        await assert.rejects(generate(kind, { ...KINDS[kind], name }, { cwd }), (error: unknown) => {
          assert(error instanceof UserError);
          assert.equal(error.problems.length, 1);
          assert.match(error.message, message);
          return true;
        });
      }
      assert.deepEqual(filesOf(cwd), []);
    });
  }
});

let database: string | undefined;

async function emptyDatabase(): Promise<string> {
  database ??= (
    await python(
      [
        '-c',
        'import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute("VACUUM"); print(sys.argv[1])',
        `${openFolder()}/empty.db`,
      ],
      '',
    )
  ).trim();
  return database;
}
