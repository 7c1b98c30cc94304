"""What the tests of sources of files share."""

import tempfile
import unittest
from pathlib import Path
from unittest.mock import patch

from singer.schema import Schema

from kinds.file.python.source import STREAMS


class Stream:
    """As much of a catalog's entry as reading takes."""

    tap_stream_id = 'rows'
    replication_method = 'INCREMENTAL'

    def __init__(self, columns):
        properties = {name: column_of(column) for name, column in columns.items()}
        self.schema = Schema.from_dict({'type': 'object', 'properties': properties})

    def to_dict(self):
        return vars(self)


def column_of(column):
    return {'type': ['null', column]} if isinstance(column, str) else column


class FileTest(unittest.TestCase):
    """Has a folder for files and one stream, `rows`."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def register(self, **settings):
        """Make `rows` the only stream."""
        entry = {'path': '*', 'key_properties': ['id'], **settings}
        patcher = patch.dict(STREAMS, {'rows': entry}, clear=True)
        patcher.start()
        self.addCleanup(patcher.stop)

    def write(self, name, content):
        """Write a file, and return its path."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    def source(self, cls, **config):
        """Return a source as Mage makes it, which reads its arguments from the command line."""
        with patch('sys.argv', ['source']):
            return cls(config=config)
