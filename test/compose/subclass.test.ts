import assert from 'node:assert/strict';
import { compose } from '../../src/python/compose/compose.ts';
import { Library } from '../../src/python/compose/module.ts';
import { type Subclass, subclass } from '../../src/python/compose/subclass.ts';
import { expression, tuple } from '../../src/python/compose/values.ts';
import { formatPython } from '../../src/python/format.ts';

const STREAM = `class BaseStream:
    TABLE = ''

    def get_pages(self, params):
        raise NotImplementedError


def read_query(name):
    return name
`;

const PAGES = `from itertools import count

from kinds.x.stream import BaseStream


class Paged(BaseStream):
    PAGE_SIZE = 10

    def has_more(self, page):
        return bool(page)


class Pages(Paged):
    # The first page.
    PAGE_START = 1

    def get_pages(self, params):
        for page in count(self.PAGE_START):
            yield params
            if not self.has_more(page):
                return
`;

const SOURCES: Readonly<Record<string, string>> = { 'kinds/x/stream.py': STREAM, 'kinds/x/pages.py': PAGES };

function composed(changes: Partial<Subclass>): string {
  const deals: Subclass = {
    name: 'Deals',
    bases: [{ module: 'kinds/x/stream.py', class: 'BaseStream' }],
    constants: [],
    methods: [],
    docstring: '',
    rename: {},
    modules: { 'kinds.x.stream': 'sources.acme.base' },
    imports: {},
    roots: [],
    uses: [],
    ...changes,
  };
  const library = new Library(path => SOURCES[path] ?? assert.fail(path));
  const { text, needsRuff, names } = compose(deals, library);
  // A plain subclass is printed without being composed, which is not to be seen.
  const whole = compose(subclass(deals), library);
  assert.deepEqual([text, needsRuff, names], [whole.text, whole.needsRuff, whole.names]);
  assert.equal(needsRuff, false);
  assert.equal(text, formatPython(text, 'deals.py'));
  return text;
}

describe('composing a subclass', () => {
  it('gives it constants of its own', () => {
    const text = composed({
      constants: [
        { name: 'TABLE', value: 'deals', comment: '' },
        { name: 'PARENTS', value: tuple([tuple([expression('Owners'), { id: 'owner_id' }])]), comment: 'Its owners.' },
        { name: 'QUERY', value: expression("read_query('deals')"), comment: '' },
      ],
      imports: { 'sources.acme.base': ['read_query'], 'sources.acme.owners': ['Owners', 'Unused'] },
    });
    assert.equal(
      text,
      `from sources.acme.base import BaseStream, read_query
from sources.acme.owners import Owners


class Deals(BaseStream):
    TABLE = 'deals'
    # Its owners.
    PARENTS = ((Owners, {'id': 'owner_id'}),)
    QUERY = read_query('deals')
`,
    );
  });

  it('takes over the members of its base classes, but not of those in the connector', () => {
    const text = composed({
      bases: [{ module: 'kinds/x/pages.py', class: 'Pages' }],
      constants: [
        { name: 'TABLE', value: 'deals', comment: '' },
        { name: 'PAGE_START', value: 0, comment: 'The server counts from zero.' },
      ],
      roots: ['get_pages'],
    });
    assert.equal(
      text,
      `from itertools import count

from sources.acme.base import BaseStream


class Deals(BaseStream):
    TABLE = 'deals'
    # The server counts from zero.
    PAGE_START = 0

    def has_more(self, page):
        return bool(page)

    def get_pages(self, params):
        for page in count(self.PAGE_START):
            yield params
            if not self.has_more(page):
                return
`,
    );
  });

  it('has methods as they are written', () => {
    const text = composed({
      constants: [{ name: 'TABLE', value: 'deals', comment: '' }],
      methods: [
        '    def keeps(self, record):\n        return True',
        '    def drops(self, record):\n        return False',
      ],
    });
    assert.equal(
      text,
      `from sources.acme.base import BaseStream


class Deals(BaseStream):
    TABLE = 'deals'

    def keeps(self, record):
        return True

    def drops(self, record):
        return False
`,
    );
  });

  it('is not called as what it derives from', () => {
    assert.throws(() => composed({ name: 'BaseStream' }), /BaseStream/);
  });

  it('may have nothing of its own', () => {
    const text = composed({});
    assert.equal(text, 'from sources.acme.base import BaseStream\n\n\nclass Deals(BaseStream):\n    pass\n');
  });
});
