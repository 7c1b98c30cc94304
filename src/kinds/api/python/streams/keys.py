"""Streams whose records have keys."""

from typing import Dict, List

from kinds.api.python.stream import BaseStream


class Keys(BaseStream):
    def check_keys(self, rows: List[Dict]) -> None:
        for row in rows:
            missing = [key for key in self.KEY_PROPERTIES if row.get(key) is None]
            if missing:
                names, fields = ', '.join(missing), ', '.join(row)
                raise ValueError(f'a record has no value in {names}, of {fields}')
