import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Ask } from '../../src/answers/ask.ts';
import { writeAll } from '../../src/changes/writing/write.ts';
import { planRun } from '../../src/connector/run.ts';
import { planSchema } from '../../src/refresh/plan.ts';
import { streamJob } from '../../src/streams/run.ts';
import { generateOurs, planOurs, STREAMS } from '../stream/our-connectors.ts';
import { type Generated, generate, kindOf, plan } from '../support/generate.ts';
import { tree } from '../support/golden.ts';

const GIVEN = { dryRun: false, force: false, bail: false, json: false };
const JOURNAL = '.mage-connector.run.json';

/** Files that such a run has or hasn't written would be taken for changes of the user's. */
describe('a connector in which a stream was being renamed or taken out when the run was ended', () => {
  for (const kind of ['api', 'file', 'sql'] as const)
    for (const [renamed, told] of [
      ['zones', /gave deals the name zones was ended.*stream --rename deals zones/],
      [undefined, /took deals out was ended.*stream --remove deals/],
    ] as const)
      describe(`(${kind}, ${renamed ? 'renamed' : 'taken out'})`, () => {
        let connector: Generated;
        beforeEach(async () => {
          connector = await generateOurs(kind);
          const { writes } = await planOurs(connector.folder, 'deals', renamed);
          writeAll(connector.folder, writes.slice(0, 3));
          assert.ok(existsSync(join(connector.folder, JOURNAL)));
        });

        const jobOf = (flags: object) => streamJob({ given: GIVEN, flags: { ...flags }, cwd: connector.folder });

        /** Is refused with the command that completes that run, and writes nothing. */
        async function refused(run: () => Promise<unknown>): Promise<void> {
          const before = tree(connector.folder);
          await assert.rejects(async () => run(), told);
          assert.deepEqual(tree(connector.folder), before);
        }

        it('gets no stream', async () => {
          const added = { streams: [{ ...STREAMS[kind][0], name: 'others' }] };
          await refused(() => plan(kind, added, { cwd: connector.folder }));
          await refused(() => plan(kind, added, { addsOnly: true, options: { connector: connector.folder } }));
          await refused(async () => jobOf({ name: 'others' }));
          await refused(async () => jobOf({ remove: 'tags' }));
        });

        it('gets no other answers, from inside it, by its name or by its place', async () => {
          const cwd = connector.folder;
          await refused(() => plan(kind, { description: 'Other.' }, { cwd }));
          await refused(() => plan(kind, {}, { options: { connector: cwd } }));
          const { answers } = JSON.parse(String(tree(cwd)['.yo-rc.json']))['generator-mage-connector'];
          const whole = { ...answers, streams: STREAMS[kind] };
          await refused(() => plan(kind, whole, { cwd: connector.root }));
          // Without its record it counts as hand-written.
          rmSync(join(cwd, '.yo-rc.json'));
          await refused(() => plan(kind, whole, { cwd: connector.root, options: { force: true } }));
        });

        it('is not asked about', async () => {
          const ask = new Ask(async ({ name }) => assert.fail(`asked for ${name}`));
          const input = {
            kind: await kindOf(kind),
            options: GIVEN,
            flags: {},
            cwd: connector.folder,
            intent: 'any',
          } as const;
          await refused(() => planRun(input, ask));
        });

        it('is listed', () => {
          assert.equal(jobOf({ list: true }).action.does, 'list');
        });

        it('is completed by the same run, and takes others then', async () => {
          jobOf(renamed ? { rename: 'deals', name: renamed } : { remove: 'deals' });
          writeAll(connector.folder, (await planOurs(connector.folder, 'deals', renamed)).writes);
          await generate(kind, { description: 'Other.' }, { cwd: connector.folder });
        });

        if (kind !== 'sql')
          it('gets no other schema', () =>
            refused(() =>
              planSchema(
                { options: GIVEN, flags: { name: 'tags', from: 'none.json' }, cwd: connector.folder },
                undefined,
              ),
            ));
      });
});
