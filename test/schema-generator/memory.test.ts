import assert from 'node:assert/strict';
import { join } from 'node:path';
import { run } from '../framework/process.ts';

describe('a large sample', () => {
  for (const format of ['jsonl', 'csv']) {
    it(`is read in little memory: ${format}`, async () => {
      const script = join(import.meta.dirname, 'read-many.ts');
      // A heap that could hold a part of it only; the modules of TypeScript themselves take a share.
      const finished = await run(process.execPath, [
        '--max-old-space-size=100',
        '--import',
        'tsx/esm',
        script,
        format,
        '200',
      ]);
      assert.equal(finished.exitCode, 0, finished.stderr);
      const { records, keys, megabytes } = JSON.parse(finished.stdout);
      assert.ok(records > 1_500_000, `${records} records`);
      assert.equal(keys, 2);
      assert.ok(megabytes < 300, `${megabytes} MB`);
    });
  }
});
