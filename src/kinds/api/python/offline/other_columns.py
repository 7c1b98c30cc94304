"""Columns that the connector adds to the records of an API, or that a format has no place for."""

from kinds.api.python.offline.base import OfflineTest
from kinds.api.python.registry import STREAMS

# The streams whose format has no place for values inside of others.
FLAT = ()


class OtherColumns(OfflineTest):
    def leave_out_columns(self, rows, records):
        return [{column: row[column] for column in records[0]} for row in rows]


class ResponseColumns(OtherColumns):
    def leave_to_responses(self, columns, name):
        added = STREAMS[name].FROM_RESPONSE
        return {column: schema for column, schema in columns.items() if column not in added}


class FlatColumns(OtherColumns):
    def leave_to_other_formats(self, columns, name):
        """Return the columns without those that have others inside them."""
        return leave_out_nested(columns)


class SomeFlatColumns(OtherColumns):
    def leave_to_other_formats(self, columns, name):
        return leave_out_nested(columns) if name in FLAT else columns


def leave_out_nested(columns):
    nested = {'object', 'array'}
    return {name: schema for name, schema in columns.items() if not nested & set(schema['type'])}
