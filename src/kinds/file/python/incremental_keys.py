"""Keys of which the newest version comes, where bookmarks tell which that is."""

from datetime import datetime
from typing import Dict

from kinds.file.python.incremental import Incremental
from kinds.file.python.keys import Keys


class IncrementalKeys(Keys, Incremental):
    def version_of(self, row: Dict, stream):
        """Return the bookmark of a row as it compares with others."""
        columns = stream.schema.to_dict()['properties']
        keys = self._get_bookmark_properties_for_stream(stream)
        for value in self.get_position(row, keys, columns, stream):
            return value.isoformat() if isinstance(value, datetime) else value
        return None
