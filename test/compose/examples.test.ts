import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import type { FileEntry } from '../../src/changes/plan.ts';
import { compose } from '../../src/python/compose/compose.ts';
import { pythonFaults } from '../../src/python/format.ts';
import { type KindName, kindOf, plan } from '../support/generate.ts';

/** Its answers have a query of many lines, which Ruff breaks. */
const LONG_TEXT = 'sql-generic.yaml';
const EXAMPLES = resolve(import.meta.dirname, '../../examples');

/** The composed modules of a connector by their paths. */
async function composed(name: KindName, answers: string | object) {
  const { model } = await plan(name, answers);
  const kind = await kindOf(name);
  const files: readonly FileEntry[] = [...kind.files(model), ...kind.tests(model)];
  return files.flatMap(({ path, content }) => ('python' in content ? [{ path, ...compose(content.python) }] : []));
}

function kindIn(file: string): KindName {
  return file.slice(0, file.search(/[-.]/)) as KindName;
}

describe('what is composed', () => {
  for (const file of readdirSync(EXAMPLES).filter(each => each.endsWith('.yaml')))
    it(`of ${file} is as Ruff would have it, so that it isn't even loaded`, async () => {
      for (const { path, text, needsRuff } of await composed(kindIn(file), join(EXAMPLES, file))) {
        assert.equal(needsRuff, file === LONG_TEXT, path);
        if (!needsRuff) assert.deepEqual(pythonFaults(text), [], path);
      }
    });

  it('of any answers is as Ruff would have it, or it is asked to', async () => {
    const line = fc
      .string({ minLength: 1, maxLength: 79 })
      .map(text => `x${text.replaceAll(/[\p{C}]/gu, '').trimEnd()}`);
    const path = line.map(text => text.replaceAll(/[{}:]/g, ''));
    const format = fc.constantFrom('csv', 'json', 'jsonl');
    const stream = fc.record(
      { path, replication_key: fc.constant('at'), key_properties: fc.constant(['id']) },
      { requiredKeys: ['path'] },
    );
    await fc.assert(
      fc.asyncProperty(
        line,
        line,
        format,
        fc.array(stream, { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        async (name, description, given, streams, hasKey) => {
          const schema = { properties: { id: 'integer', at: 'date-time' } };
          const answers = {
            kind: 'file',
            name,
            uuid: 'acme',
            description,
            format: given,
            streams: streams.map((each, index) => ({
              ...each,
              name: `s${index}`,
              path: hasKey ? `{key}${each.path}` : each.path,
              schema,
            })),
          };
          for (const { text, needsRuff } of await composed('file', answers))
            if (!needsRuff) assert.deepEqual(pythonFaults(text), [], text);
        },
      ),
      { numRuns: 40 },
    );
  });
});
