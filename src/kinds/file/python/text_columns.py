"""Columns of several types, which are text at the destination."""

import json
from decimal import Decimal
from typing import Dict, Generator

from kinds.file.python.source import STREAMS, FileSource


class TextColumns(FileSource):
    def read_rows(self, stream) -> Generator[Dict, None, None]:
        text_columns = STREAMS[stream.tap_stream_id].get('text_columns', [])
        for path in self.find_files(stream.tap_stream_id):
            for row in self.read_file(path, stream):
                yield {**row, **{column: to_text(row.get(column)) for column in text_columns}}


def to_text(value) -> str:
    """Return a value of a column that holds several types: text as it is, all else as JSON."""
    if value is None or isinstance(value, str):
        return value
    return str(value) if isinstance(value, Decimal) else json.dumps(value, default=float)
