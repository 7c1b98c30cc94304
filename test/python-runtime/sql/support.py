"""What the tests of sources of databases share."""

import sqlite3
import tempfile
import unittest
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

from singer.schema import Schema

from kinds.sql.dialects.sqlite.dialect import SQLite


class Stream:
    """As much of a catalog's entry as reading takes: columns as JSON schemas, keys, bookmarks."""

    tap_stream_id = 'rows'
    replication_method = 'INCREMENTAL'
    bookmark_property_operators = None
    replication_key = None

    def __init__(self, columns, key=(), bookmarks=(), enforced=True, name='rows'):
        self.tap_stream_id = name
        properties = {column: column_of(schema) for column, schema in columns.items()}
        self.schema = Schema.from_dict({'type': 'object', 'properties': properties})
        self.key_properties, self.unique_constraints = list(key), list(key)
        self.bookmark_properties = list(bookmarks)
        if not bookmarks:
            self.replication_method = 'FULL_TABLE'
        keys = {'table-key-properties': list(key)} if enforced else {}
        self.metadata = [{'breadcrumb': (), 'metadata': keys}]

    def to_dict(self):
        # What Mage's own framework asks a catalog's entry for.
        return {'bookmark_properties': self.bookmark_properties}


def column_of(column):
    return {'type': ['null', column]} if isinstance(column, str) else column


def source_of(cls, **config):
    """A source as Mage makes it, which reads its arguments from the command line."""
    with patch('sys.argv', ['source']):
        return cls(config=config)


def set_constants(test, owner, **values):
    """Set constants of a class or a module for one test."""
    for name, value in values.items():
        patcher = patch.object(owner, name, value)
        patcher.start()
        test.addCleanup(patcher.stop)


class Cursor:
    """Answers each statement by what it begins with, and keeps what was asked."""

    def __init__(self, answers, columns=()):
        self.answers, self.columns = answers, columns
        self.asked, self.closed, self.left = [], False, []

    @property
    def description(self):
        return self.columns

    def execute(self, statement, values=()):
        self.asked.append((statement, values))
        found = (rows for start, rows in self.answers.items() if statement.startswith(start))
        self.left = list(next(found, []))
        return self

    def fetchmany(self, size):
        rows, self.left = self.left[:size], self.left[size:]
        return rows

    def fetchall(self):
        return self.fetchmany(len(self.left))

    def close(self):
        self.closed = True


class Connection:
    """A connection of Mage's and the driver's in one."""

    def __init__(self, cursor):
        self.only, self.closed = cursor, False

    def build_connection(self):
        return self

    def cursor(self, *args):
        return self.only

    def close(self):
        self.closed = True


def connected(cls, answers, columns=(), **config):
    """A source whose statements are answered as said, and its cursor."""
    source, cursor = source_of(cls, **config), Cursor(answers, columns)
    source.build_connection = lambda: Connection(cursor)
    return source, cursor


class SqliteTest(unittest.TestCase):
    """Has a database of SQLite's."""

    sources = SQLite

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = str(Path(folder.name) / 'test.db')

    def source(self, sql='', **config):
        """A source of a database in which that SQL was executed."""
        with closing(sqlite3.connect(self.path)) as connection:
            connection.executescript(sql)
        return source_of(self.sources, path=self.path, **config)

    def stream(self, source, name, *bookmarks):
        """A stream as it is discovered, with the bookmarks that a user has chosen."""
        [entry] = source.discover([name]).streams
        entry.bookmark_properties = list(bookmarks)
        entry.replication_method = 'INCREMENTAL' if bookmarks else 'FULL_TABLE'
        return entry

    def read(self, source, stream, bookmarks=None, **query):
        """All records, of all pages."""
        pages = source.load_data(stream, bookmarks=bookmarks, query=query)
        return [record for page in pages for record in page]
