"""Columns that the connector adds to the records of an API, or that a format has no place for."""

from kinds.api.python.offline.base import OfflineTest
from kinds.api.python.registry import STREAMS


class OtherColumns(OfflineTest):
    def leave_out_columns(self, rows, records):
        return [{column: row[column] for column in records[0]} for row in rows]


class ResponseColumns(OtherColumns):
    def leave_to_responses(self, columns, name):
        added = STREAMS[name].FROM_RESPONSE
        return {column: schema for column, schema in columns.items() if column not in added}


class MapKeys(OtherColumns):
    def leave_to_maps(self, columns, name):
        columns.pop(STREAMS[name].MAP_KEY, None)
        return columns


class FlatColumns(OtherColumns):
    def leave_to_other_formats(self, columns):
        """Return the columns without those that have others inside them."""
        nested = {'object', 'array'}
        return {
            name: schema for name, schema in columns.items() if not nested & set(schema['type'])
        }
