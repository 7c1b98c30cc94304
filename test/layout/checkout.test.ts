import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { existsIn, findLayout } from '../../src/mage/find.ts';
import type { Edit } from '../../src/mage/layout.ts';
import { layoutOf } from '../../src/mage/registry.ts';
import { edited } from '../python/assert-edit.ts';
import { HOSTILE_NAMES, registration } from './registration.ts';

const { MAGE_CHECKOUT } = process.env;

/** Evaluates constants.py with stand-ins for the two modules that it imports. */
const EVALUATE = `
import json, sys, types
for name, value in (('utils.settings', 'get_uuid'), ('hash', 'index_by')):
    module = types.ModuleType(name)
    setattr(module, value, lambda *_: {})
    sys.modules['mage_ai.data_integrations.' + name if value == 'get_uuid' else 'mage_ai.shared.hash'] = module
scope = {}
exec(compile(sys.stdin.buffer.read(), 'constants.py', 'exec'), scope)
print(json.dumps({key: scope[key] for key in ('SOURCES', 'SQL_SOURCES')}))
`;

describe('a checkout of mage-ai', () => {
  if (!MAGE_CHECKOUT) {
    it('skipped: MAGE_CHECKOUT is not set');
    return;
  }
  const layout = findLayout(MAGE_CHECKOUT, 'core');
  const content = ({ path }: Edit) =>
    existsSync(join(layout.root, path)) ? readFileSync(join(layout.root, path), 'utf8') : undefined;

  for (const sql of [false, true])
    it(`only gains lines, and lists ${sql ? 'a database' : 'a source'}`, () => {
      for (const name of ['Acme CRM', 'zz', ...HOSTILE_NAMES]) {
        const source = registration({ name, sql, pythonPackages: ['duckdb>=1', 'psycopg2-binary>=2.9'] });
        for (const edit of layoutOf('core').registration(source, existsIn(layout))) {
          const before = content(edit);
          if (before === undefined) continue;
          const after = edited(before, edit.transform);
          assert.ok(after.length > before.length, edit.path);
          assertAddsLines(before, after);
          if (edit.path.endsWith('.json')) JSON.parse(after);
          if (edit.path.endsWith('constants.py')) assertListed(after, name, sql);
        }
      }
    });
});

function assertAddsLines(before: string, after: string): void {
  const lines = after.split('\n');
  for (const line of before.split('\n')) {
    const at = lines.indexOf(line);
    assert.ok(at >= 0, `lost: ${line}`);
    lines.splice(0, at + 1);
  }
}

function assertListed(constants: string, name: string, sql: boolean): void {
  const python = spawnSync('python3', ['-c', EVALUATE], { input: constants, encoding: 'utf8' });
  assert.equal(python.status, 0, python.stderr);
  const lists = JSON.parse(python.stdout) as Record<string, { name: string }[]>;
  assert.equal(lists.SOURCES?.filter(source => source.name === name).length, 1);
  assert.equal(
    lists.SQL_SOURCES?.some(source => source.name === name),
    sql,
  );
  const names = lists.SOURCES?.map(source => source.name) ?? [];
  assert.deepEqual(names, names.toSorted());
}
