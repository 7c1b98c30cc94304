import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../src/base/problems.ts';
import { planRemoval } from '../../src/streams/plan.ts';
import { temporaryFolder } from '../support/generate.ts';
import { add, answersFor, FORMS, type Form, place, tree, write } from './connectors.ts';
import { VARIANTS } from './variants.ts';

const remove = (folder: string, name: string, force = false) => {
  const run = planRemoval(folder, name, force);
  write(run);
  return run;
};

const refused = (run: () => unknown, ...parts: RegExp[]) =>
  assert.throws(run, error => {
    assert.ok(error instanceof UserError, String(error));
    for (const part of parts) assert.match(error.message, part);
    return true;
  });

describe('stream --remove on hand-written connectors', () => {
  for (const form of FORMS) {
    for (const [name, variant] of Object.entries(VARIANTS)) {
      it(`gives ${form} ${name} back as it was`, async () => {
        const folder = place(form, temporaryFolder(), variant);
        const before = tree(folder);
        for (const more of [{}, { replication_key: 'updated_at', name: 'zones', path: '/zones' }]) {
          const answers = { ...answersFor(form), ...more } as { name: string };
          await add(folder, [answers]);
          assert.deepEqual(remove(folder, answers.name).notes, []);
          assert.deepEqual(tree(folder), before);
        }
      });
    }
  }

  const added = async (form: Form) => {
    const folder = place(form, temporaryFolder());
    await add(folder, [answersFor(form)]);
    return folder;
  };

  it('keeps a module that was edited, unregistered, and says so; --force removes it', async () => {
    const folder = await added('tables');
    appendFileSync(join(folder, 'streams/refunds.py'), '    # Mine.\n');
    const before = tree(folder);
    const { notes } = remove(folder, 'refunds');
    assert.match(notes.join(), /streams\/refunds\.py keeps the class RefundsStream.*--force/);
    const after = tree(folder);
    assert.equal(after['streams/refunds.py'], before['streams/refunds.py']);
    assert.equal(after['schemas/refunds.json'], undefined);
    assert.doesNotMatch(after['streams/__init__.py'] ?? '', /efunds/);
    for (const [path, text] of Object.entries(before)) writeFileSync(join(folder, path), text);
    remove(folder, 'refunds', true);
    assert.equal(tree(folder)['streams/refunds.py'], undefined);
  });

  it('keeps an edited class of a file of several', async () => {
    const folder = await added('records');
    const file = join(folder, 'streams.py');
    writeFileSync(file, readFileSync(file, 'utf8').replace("path = 'refunds'", "path = 'refunds/all'  # Mine."));
    assert.match(remove(folder, 'refunds').notes.join(), /keeps the class Refunds/);
    assert.match(readFileSync(file, 'utf8'), /class Refunds\([\s\S]*# Mine\.[\s\S]*'orders': Orders\n\}/);
  });

  it('refuses a schema of another hand, a class that others need, and a stream that is not there', async () => {
    const folder = place('records', temporaryFolder());
    const before = tree(folder);
    refused(() => remove(folder, 'orders'), /schemas\/orders\.json: is not as this generator writes it/, /--force/);
    refused(() => remove(folder, 'customer_list'), /CustomerList is used elsewhere: streams\.py, line \d+/);
    refused(() => remove(folder, 'order'), /there is no stream order in STREAMS.*did you mean orders\?/);
    assert.deepEqual(tree(folder), before);
  });
});
