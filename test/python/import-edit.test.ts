import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addImport } from '../../src/python/edit/import-edit.ts';
import { formatPython } from '../../src/python/format.ts';
import { assertRefused, edited } from './assert-edit.ts';

const add = (statement: string) => (source: string) => addImport(source, statement, 'streams/__init__.py');
const DEALS = 'from acme.streams.deals import Deals';

describe('addImport', () => {
  it('takes its place among the imports of its package', () => {
    const before =
      'from acme.streams.accounts import Accounts\r\nfrom acme.streams.users import Users\r\n\r\nX = 1\r\n';
    assert.equal(
      edited(before, add(DEALS)),
      before.replace('from acme.streams.users', `${DEALS}\r\nfrom acme.streams.users`),
    );
    assert.equal(
      edited('from .a import A\nfrom .c import C\n', add('from .b import B')),
      'from .a import A\nfrom .b import B\nfrom .c import C\n',
    );
    assert.equal(edited('# ours\nfrom acme.z import Z', add(DEALS)), `# ours\n${DEALS}\nfrom acme.z import Z`);
    assert.equal(
      edited('from acme.a import (\n    A,\n    B,\n)', add(DEALS)),
      `from acme.a import (\n    A,\n    B,\n)\n${DEALS}\n`,
    );
    assert.equal(
      edited('from acme.v2 import A\nfrom acme.v10 import B\n', add('from acme.v9 import C')),
      'from acme.v2 import A\nfrom acme.v9 import C\nfrom acme.v10 import B\n',
    );
  });

  it('joins an import of the same module', () => {
    assert.equal(
      edited('from acme.streams.deals import Base, helper\n', add(DEALS)),
      'from acme.streams.deals import Base, Deals, helper\n',
    );
    assert.equal(
      edited('from acme.streams.deals import (\n    LIMIT,\n    Base\n)\n', add(DEALS)),
      'from acme.streams.deals import (\n    LIMIT,\n    Base,\n    Deals\n)\n',
    );
  });

  it('makes a group of its own where there is none, in the order of groups', () => {
    assert.equal(edited('import os\n\nX = 1\n', add(DEALS)), `import os\n\n${DEALS}\n\nX = 1\n`);
    assert.equal(edited('from .a import A\n', add(DEALS)), `${DEALS}\n\nfrom .a import A\n`);
    assert.equal(
      edited('from __future__ import annotations\n\nfrom .a import A\n', add(DEALS)),
      `from __future__ import annotations\n\n${DEALS}\n\nfrom .a import A\n`,
    );
  });

  it('starts a file, behind its docstring or the comment at its top', () => {
    assert.equal(edited('', add(DEALS)), `${DEALS}\n`);
    assert.equal(edited('"""Streams."""\nX = 1\n', add(DEALS)), `"""Streams."""\n\n${DEALS}\n\nX = 1\n`);
    assert.equal(edited('# Licence\n\nX = 1\n', add(DEALS)), `# Licence\n\n${DEALS}\n\nX = 1\n`);
    assert.equal(edited('class A:\n    pass\n', add(DEALS)), `${DEALS}\n\n\nclass A:\n    pass\n`);
  });

  it('changes nothing if the name is imported from there, further down too', () => {
    for (const source of [`${DEALS}\n`, 'from acme.streams.deals import (Base,\n  Deals)\n', `X = 1\n${DEALS}\n`])
      assert.equal(add(DEALS)(source), source);
  });

  it('refuses a broken file and a name that comes from elsewhere', () => {
    assertRefused(() => add(DEALS)('def f(:\n'), 'streams/__init__.py', 'not valid Python', DEALS);
    assertRefused(
      () => add(DEALS)('from other import Deals\n'),
      'streams/__init__.py',
      'imported already, from other',
      DEALS,
    );
    assertRefused(() => add(DEALS)('from other import X as Deals\n'), 'imported already');
  });

  it('puts imports where Ruff puts them', () => {
    const module = fc
      .stringMatching(/^[a-z][a-z0-9_]{0,5}(\.[a-z][a-z0-9_]{0,5})?$/)
      .filter(
        name =>
          !/(^|\.)(as|if|in|is|or|and|not|for|def|del|try|with|from|pass|else|elif|class|raise|while|yield|async|await|break|global|lambda|assert|except|import|return)(\.|$)/.test(
            name,
          ),
      );
    fc.assert(
      fc.property(fc.uniqueArray(module, { minLength: 1, maxLength: 6 }), modules => {
        const lines = modules.map((name, index) => `from mage_integrations.sources.${name} import Name${index}`);
        const all = `__all__ = [${modules.map((_, index) => `'Name${index}'`).join(', ')}]\n`;
        const ours = lines.reduce((text, line) => edited(text, add(line)), `${all}`);
        assert.equal(
          ours.slice(0, ours.indexOf('__all__')),
          formatPython(ours, 'x.py').slice(0, ours.indexOf('__all__')),
        );
      }),
      { numRuns: 60 },
    );
  });
});
