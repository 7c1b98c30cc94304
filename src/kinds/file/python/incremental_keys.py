"""Keys of which the newest version comes, where bookmarks tell which that is."""

from datetime import datetime, timezone
from typing import Dict

from kinds.file.python.incremental import Incremental, to_comparable
from kinds.file.python.keys import Keys


class IncrementalKeys(Keys, Incremental):
    def version_of(self, row: Dict, stream):
        """Return the bookmark of a row as it compares with others."""
        columns = stream.schema.to_dict()['properties']
        for key in self._get_bookmark_properties_for_stream(stream):
            value = to_comparable(row.get(key), columns[key])
            if isinstance(value, datetime):
                return value.astimezone(timezone.utc).isoformat()
            return value
        return None
