import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findLayout } from '../../src/mage/find.ts';
import { assertRefused } from '../python/assert-edit.ts';

const CORE = ['mage_ai/data_integrations/sources/constants.py', 'mage_integrations/mage_integrations/sources/base.py'];
const PROJECT = ['metadata.yaml', 'io_config.yaml', 'data_loaders/__init__.py'];
const CONNECTOR = ['__init__.py', 'templates/config.json'];

describe('findLayout', () => {
  let root: string;
  const write = (folder: string, files: readonly string[]) => {
    for (const file of files) {
      mkdirSync(dirname(join(root, folder, file)), { recursive: true });
      writeFileSync(join(root, folder, file), '');
    }
  };
  const standalone = (from: string) => {
    const { kind, root: found, sources, importRoot } = findLayout(join(root, from), 'standalone');
    assert.deepEqual([kind, importRoot], ['standalone', 'mage_integrations.sources']);
    return [found.slice(root.length), sources];
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'layout-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('finds a checkout from any folder in it', () => {
    write('mage-ai', CORE);
    for (const from of ['mage-ai', 'mage-ai/mage_integrations/mage_integrations/sources'])
      assert.deepEqual(findLayout(join(root, from), 'auto'), {
        kind: 'core',
        root: join(root, 'mage-ai'),
        sources: 'mage_integrations/mage_integrations/sources',
        importRoot: 'mage_integrations.sources',
      });
  });

  it('finds a project from any folder in it, and the nearest of both', () => {
    write('mage-ai', CORE);
    write('mage-ai/demo', PROJECT);
    const project = {
      kind: 'project',
      root: join(root, 'mage-ai/demo'),
      sources: 'data_integrations/sources',
      importRoot: 'data_integrations.sources',
    };
    assert.deepEqual(findLayout(join(root, 'mage-ai/demo/data_loaders'), 'auto'), project);
    assert.equal(findLayout(join(root, 'mage-ai/demo'), 'core').root, join(root, 'mage-ai'));
    assert.equal(findLayout(join(root, 'mage-ai'), 'auto').kind, 'core');
  });

  it('takes no folder for a project that lacks one of its signs', () => {
    for (const [index] of PROJECT.entries()) write(String(index), PROJECT.toSpliced(index, 1));
    for (const [index] of PROJECT.entries())
      assert.equal(findLayout(join(root, String(index)), 'auto').kind, 'standalone');
  });

  it('says what it looked for', () => {
    write('', ['x']);
    assertRefused(
      () => findLayout(root, 'core'),
      '--layout',
      root,
      'mage_ai/data_integrations/sources/constants.py',
      '--layout standalone',
    );
    assertRefused(() => findLayout(root, 'project'), '--layout', root, 'io_config.yaml', 'data_loaders/');
  });

  it('puts a standalone connector below the folder `sources` of the current one', () => {
    write('work', ['x']);
    assert.deepEqual(standalone('work'), ['/work', 'sources']);
  });

  it('puts it beside the connectors if that is where one stands', () => {
    write('work/sources/acme', CONNECTOR);
    for (const from of ['work/sources', 'work/sources/acme', 'work/sources/acme/templates'])
      assert.deepEqual(standalone(from), ['/work', 'sources']);
    write('other/acme', CONNECTOR);
    assert.deepEqual(standalone('other/acme/templates'), ['/other', '.']);
    write('sources/repository', ['setup.py']);
    assert.deepEqual(standalone('sources/repository'), ['/sources/repository', 'sources']);
  });
});
