"""A source of which some streams have no keys, by which what is no record would be known."""

from typing import Dict, List

from kinds.api.python.source import ApiSource


class ColumnsSource(ApiSource):
    def check_columns(self, stream, source, rows: List[Dict]) -> None:
        """Refuse rows that have none of the stream's columns."""
        for row in rows:
            if row.keys().isdisjoint(stream.schema.properties):
                found = ', '.join(row) or 'nothing'
                raise ValueError(f'{source.TABLE}: a record has no column of it, but {found}')
