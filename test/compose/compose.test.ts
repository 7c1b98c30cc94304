import assert from 'node:assert/strict';
import { composedText, composeOf } from './support.ts';

const BASE = `"""The real module."""

import json
import os
from itertools import count, islice
from typing import Dict, List

from mage_integrations.sources.base import Source, main

from kinds.x.client import Client

LIMIT = 10
# What is read.
NAMES = {}


class Base(Source):
    """A source."""

    PATH = ''
    # True where it is.
    FLAG = False

    def load_data(self, stream) -> List[Dict]:
        # Asks the hook.
        self.prepare(stream)
        rows = self.read(stream)
        rows = self.keep(rows, stream)
        self.finish(rows)

        return list(islice(rows, LIMIT))

    def prepare(self, stream):
        """Before anything."""
        pass

    def keep(self, rows, stream):
        return rows

    def finish(self, rows):
        pass

    def read(self, stream):
        return Client(self.config).get(self.PATH)

    def unused(self):
        return os.getcwd()


def helper(value):
    return json.dumps(value)


if __name__ == '__main__':
    main(Base)
`;

const FEATURE = `from datetime import datetime
from typing import Dict

from kinds.x.base import NAMES, Base
from kinds.x.moments import to_moment

FORMATS = {'iso': '%Y'}


class Windows(Base):
    DAYS = 30

    def keep(self, rows, stream):
        return (row for row in rows if self.is_new(row))

    def is_new(self, row: Dict) -> bool:
        return to_moment(row) > datetime.now() and row in NAMES


def formatted(value):
    return FORMATS[value]
`;

const MOMENTS = `from datetime import timezone

ZONE = timezone.utc


def to_moment(row):
    return row.astimezone(ZONE)
`;

const SOURCES = { 'kinds/x/base.py': BASE, 'kinds/x/windows.py': FEATURE, 'kinds/x/moments.py': MOMENTS };
const MODULES = { 'kinds.x.client': 'mage_integrations.sources.acme.client' };
const CLASS = { name: 'Base', as: 'Acme', features: [] };
const FEATURES = [{ module: 'kinds/x/windows.py', class: 'Windows' }];

describe('composing a module', () => {
  it('leaves out empty hooks, what nothing refers to, and imports; names and values are set', () => {
    const text = composedText(SOURCES, {
      docstring: 'Acme: "deals"',
      classes: [CLASS],
      modules: MODULES,
      rename: { Client: 'AcmeClient' },
      values: { LIMIT: 500, 'Base.PATH': "it's" },
      roots: ['load_data'],
    });
    assert.equal(
      text,
      `"""Acme: "deals'"""

from itertools import islice
from typing import Dict, List

from mage_integrations.sources.acme.client import AcmeClient
from mage_integrations.sources.base import Source, main

LIMIT = 500


class Acme(Source):
    """A source."""

    PATH = "it's"

    def load_data(self, stream) -> List[Dict]:
        rows = self.read(stream)

        return list(islice(rows, LIMIT))

    def read(self, stream):
        return AcmeClient(self.config).get(self.PATH)


if __name__ == '__main__':
    main(Acme)
`,
    );
  });

  it('takes a feature in, with what its module has and what that imports', () => {
    const text = composedText(SOURCES, {
      classes: [{ ...CLASS, features: FEATURES }],
      modules: MODULES,
      values: { NAMES: { a: [1, true, null] } },
      roots: ['load_data', 'formatted', 'DAYS'],
    });
    assert.equal(
      text,
      `from datetime import datetime, timezone
from itertools import islice
from typing import Dict, List

from mage_integrations.sources.acme.client import Client
from mage_integrations.sources.base import Source, main

FORMATS = {'iso': '%Y'}
ZONE = timezone.utc
LIMIT = 10
# What is read.
NAMES = {'a': [1, True, None]}


class Acme(Source):
    """A source."""

    PATH = ''
    DAYS = 30

    def load_data(self, stream) -> List[Dict]:
        rows = self.read(stream)
        rows = self.keep(rows, stream)

        return list(islice(rows, LIMIT))

    def keep(self, rows, stream):
        return (row for row in rows if self.is_new(row))

    def is_new(self, row: Dict) -> bool:
        return to_moment(row) > datetime.now() and row in NAMES

    def read(self, stream):
        return Client(self.config).get(self.PATH)


def formatted(value):
    return FORMATS[value]


def to_moment(row):
    return row.astimezone(ZONE)


if __name__ == '__main__':
    main(Acme)
`,
    );
  });

  it('says what a module refers to and what names it has', () => {
    const { references, names } = composeOf(SOURCES, { classes: [CLASS], modules: MODULES, roots: ['load_data'] });
    assert.deepEqual([...names].sort(), ['Acme', 'Client', 'Dict', 'LIMIT', 'List', 'Source', 'islice', 'main'].sort());
    assert.ok(['get', 'Client', 'PATH'].every(name => references.has(name)));
    assert.ok(!references.has('keep'));
  });

  it('takes a feature several times, with other names for what it defines', () => {
    const base = 'class Base:\n    def run(self):\n        return [way(self) for way in self.WAYS]\n';
    const key = `from kinds.x.base import Base

NAME = ''


class Key(Base):
    FIELD = ''

    def add(self, name=NAME):
        return quoted(self.FIELD + name)

    def shared(self):
        return self.other.FIELD


def quoted(text):
    return f'"{text}"'
`;
    const way = (suffix: string) => ({
      module: 'kinds/x/key.py',
      class: 'Key',
      rename: { add: `add_${suffix}`, NAME: `NAME_${suffix.toUpperCase()}`, FIELD: `FIELD_${suffix.toUpperCase()}` },
    });
    const text = composedText(
      { 'kinds/x/base.py': base, 'kinds/x/key.py': key },
      {
        classes: [{ name: 'Base', as: 'Base', features: [way('a'), way('b')] }],
        values: { NAME_A: 'a', 'Base.FIELD_B': 'b' },
        roots: ['add_a', 'add_b', 'shared'],
      },
    );
    assert.equal(
      text,
      `NAME_A = 'a'
NAME_B = ''


class Base:
    FIELD_A = ''
    FIELD_B = 'b'

    def add_a(self, name=NAME_A):
        return quoted(self.FIELD_A + name)

    def shared(self):
        return self.other.FIELD

    def add_b(self, name=NAME_B):
        return quoted(self.FIELD_B + name)


def quoted(text):
    return f'"{text}"'
`,
    );
    assert.throws(
      () =>
        composedText(
          { 'kinds/x/base.py': base, 'kinds/x/key.py': key },
          { classes: [{ name: 'Base', as: 'Base', features: [{ ...way('a'), rename: { nothing: 'x' } }] }] },
        ),
      /kinds\/x\/key\.py does not define nothing/,
    );
  });

  it('calls the method that another one forwards to', () => {
    const base = `class Base:
    def run(self, table):
        columns = map(self.sortable, table)
        return [self.relation(table), *columns, table.expression(1)]

    def relation(self, table: str):
        """Return what is read."""
        return self.name(table)

    def name(self, table):
        return table * 2

    def sortable(self, column):
        return self.expression(column)

    def expression(self, column):
        return self.quoted(column)

    def quoted(self, column):
        return self.more(column, 2)

    def more(self, column, count=1):
        return self.run(column)
`;
    const feature = `from kinds.x.base import Base


class Joined(Base):
    def __init__(self):
        self.joined = True

    def relation(self, table):
        return self.joined and table
`;
    const composed = (features: object[]) =>
      composedText(
        { 'kinds/x/base.py': base, 'kinds/x/joined.py': feature },
        { classes: [{ name: 'Base', as: 'Base', features: features as never }], roots: ['run'] },
      );
    assert.equal(
      composed([]),
      `class Base:
    def run(self, table):
        columns = map(self.quoted, table)
        return [self.name(table), *columns, table.expression(1)]

    def name(self, table):
        return table * 2

    def expression(self, column):
        return self.quoted(column)

    def quoted(self, column):
        return self.more(column, 2)

    def more(self, column, count=1):
        return self.run(column)
`,
    );
    assert.match(
      composed([{ module: 'kinds/x/joined.py', class: 'Joined' }]),
      /^class Base:\n {4}def __init__\(self\):\n.*\n\n {4}def run[\s\S]*\[self\.relation\(table\)/,
    );
  });

  it('looks up itself what a method would only look up', () => {
    const base = `NAMES = {}


class Base:
    def run(self, key):
        found = self.find(f'{key}.{self.find(key)}').run(1)
        return [found, self.passed(key), map(self.passed, key)]

    def find(self, key: str):
        """Return what has the name."""
        return NAMES[key]

    def passed(self, key):
        return NAMES[key]
`;
    const feature = `from kinds.x.base import Base


class Other(Base):
    def find(self, key):
        return NAMES.get(key)
`;
    const composed = (features: object[]) =>
      composedText(
        { 'kinds/x/base.py': base, 'kinds/x/other.py': feature },
        {
          classes: [{ name: 'Base', as: 'Base', features: features as never }],
          roots: ['run'],
          values: { NAMES: { a: 1 } },
        },
      );
    assert.equal(
      composed([]),
      `NAMES = {'a': 1}


class Base:
    def run(self, key):
        found = NAMES[f'{key}.{NAMES[key]}'].run(1)
        return [found, NAMES[key], map(self.passed, key)]

    def passed(self, key):
        return NAMES[key]
`,
    );
    assert.match(composed([{ module: 'kinds/x/other.py', class: 'Other' }]), /self\.find\(f'{key}/);
  });
});
