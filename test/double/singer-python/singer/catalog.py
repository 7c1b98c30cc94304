"""Singer's catalog and its entries."""
import json
import sys

from singer import metadata
from singer.logger import get_logger
from singer.schema import Schema

__all__ = ['Catalog', 'CatalogEntry', 'Schema']

LOGGER = get_logger()


class CatalogEntry:
    def __init__(
        self, tap_stream_id=None, stream=None, key_properties=None, schema=None,
        replication_key=None, is_view=None, database=None, table=None, row_count=None,
        stream_alias=None, metadata=None, replication_method=None,
    ):
        self.tap_stream_id = tap_stream_id
        self.stream = stream
        self.key_properties = key_properties
        self.schema = schema
        self.replication_key = replication_key
        self.is_view = is_view
        self.database = database
        self.table = table
        self.row_count = row_count
        self.stream_alias = stream_alias
        self.metadata = metadata
        self.replication_method = replication_method

    def is_selected(self):
        return self.schema.selected or metadata.get(metadata.to_map(self.metadata), (), 'selected')

    def to_dict(self):
        """Falsy names are left out, any other part only if it is None."""
        names = {
            'tap_stream_id': self.tap_stream_id,
            'database_name': self.database,
            'table_name': self.table,
        }
        parts = {
            'replication_key': self.replication_key,
            'replication_method': self.replication_method,
            'key_properties': self.key_properties,
            'schema': None if self.schema is None else self.schema.to_dict(),
            'is_view': self.is_view,
            'stream': self.stream,
            'row_count': self.row_count,
            'stream_alias': self.stream_alias,
            'metadata': self.metadata,
        }
        result = {k: v for k, v in names.items() if v}
        result.update({k: v for k, v in parts.items() if v is not None})
        return result


class Catalog:
    def __init__(self, streams):
        self.streams = streams

    def to_dict(self):
        return {'streams': [stream.to_dict() for stream in self.streams]}

    def dump(self):
        json.dump(self.to_dict(), sys.stdout, indent=2)

    def get_stream(self, tap_stream_id):
        return next((s for s in self.streams if s.tap_stream_id == tap_stream_id), None)

    def get_selected_streams(self, state):
        """The selected streams; an interrupted one, named by the state, comes first."""
        ids = [stream.tap_stream_id for stream in self.streams]
        current = state.get('currently_syncing')
        first = ids.index(current) if current in ids else 0
        for stream in self.streams[first:] + self.streams[:first]:
            if stream.is_selected():
                yield stream
            else:
                LOGGER.info('Skipping stream: %s', stream.tap_stream_id)
