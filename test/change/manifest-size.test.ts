import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { renderJson } from '../../src/changes/render.ts';
import { generate } from '../support/generate.ts';

const EXAMPLES = resolve(import.meta.dirname, '../../examples');
const KEY = 'generator-mage-connector';

/** Bytes of a manifest beside the answers. */
function bytesBeside(text: string): number {
  const { answers } = JSON.parse(text)[KEY];
  return Buffer.byteLength(text) - Buffer.byteLength(renderJson({ [KEY]: { answers } }));
}

describe('what a reviewer sees of a manifest beside the answers', () => {
  for (const file of readdirSync(EXAMPLES).filter(name => name.endsWith('.yaml')))
    it(`is less than 2,000 bytes, of short lines but for lists of columns: ${file}`, async () => {
      const path = join(EXAMPLES, file);
      const { folder } = await generate(parse(readFileSync(path, 'utf8')).kind, path);
      const text = readFileSync(join(folder, '.yo-rc.json'), 'utf8');
      const bytes = bytesBeside(text);
      assert.ok(bytes < 2000, `${bytes} bytes`);
      const { files, schemas = {} } = JSON.parse(text)[KEY];
      assert.ok(Object.values(files).every(print => /^[0-9a-f]{12}$/.test(String(print))));
      assert.ok(Object.values(schemas).every(columns => typeof columns === 'string'));
    });

  it('grows by less than 100 bytes for a stream, beside its columns', async () => {
    const stream = (index: number) => ({
      name: `stream_${index}`,
      path: '/x',
      schema: { properties: { id: 'integer', name: 'string', updated_at: 'date-time' } },
    });
    const sizeOf = async (count: number) => {
      const streams = Array.from({ length: count }, (_, index) => stream(index + 100));
      const { folder } = await generate('api', { name: 'Acme', base_url: 'https://a.test', streams });
      return bytesBeside(readFileSync(join(folder, '.yo-rc.json'), 'utf8'));
    };
    const [few, many] = [await sizeOf(2), await sizeOf(22)];
    const columns = '"id: integer, name: string, updated_at: date-time"'.length;
    assert.ok((many - few) / 20 - columns < 120, `${(many - few) / 20} bytes for each stream`);
  });
});
