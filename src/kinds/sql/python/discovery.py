"""What a connector of a database finds: it connects, and tells of its tables and their columns."""

from fnmatch import fnmatchcase
from operator import itemgetter
from typing import Dict, List

from singer.schema import Schema

from mage_integrations.sources.base import main
from mage_integrations.sources.catalog import Catalog
from mage_integrations.sources.constants import UNIQUE_CONFLICT_METHOD_UPDATE
from mage_integrations.sources.sql.base import Source


class Discovery(Source):
    # What no connection can do without.
    REQUIRED = []
    # What types of columns are in JSON, where that isn't text.
    JSON_TYPES = {}
    DATETIME_TYPES = ()

    @property
    def connection_settings(self) -> Dict:
        config = self.config or {}
        missing = [key for key in self.REQUIRED if not config.get(key)]
        if missing:
            raise Exception(f'The configuration has no {" and no ".join(missing)}')
        return config

    def build_connection(self):
        """A connection of Mage's, or one like it."""
        raise NotImplementedError

    def build_table_name(self, stream) -> str:
        return self._quote(stream.tap_stream_id)

    def discover(self, streams: List[str] = None) -> Catalog:
        columns = {}
        for stream_id, *column in self._columns():
            columns.setdefault(stream_id, []).append(column)
        included, excluded = self._names('tables') or ['*'], self._names('exclude_tables')
        entries = [
            self._catalog_entry(stream_id, described)
            for stream_id, described in columns.items()
            if (not streams or stream_id in streams)
            and self._matches(stream_id, included)
            and not self._matches(stream_id, excluded)
        ]
        entries = self._with_queries(entries, streams)
        return Catalog(entries)

    def _columns(self):
        """
        A row for each column: its stream, name and type, whether it may be null, and its positions
        in the primary key and in a unique constraint, or 0.
        """
        raise NotImplementedError

    def _with_queries(self, entries, streams):
        return entries

    def _names(self, key):
        names = str((self.config or {}).get(key) or '').split(',')
        return [name.strip() for name in names if name.strip()]

    def _matches(self, name, patterns):
        return any(fnmatchcase(name, pattern) for pattern in patterns)

    def _catalog_entry(self, stream_id, columns):
        properties = {
            name: self._column_schema(column_type, nullable)
            for name, column_type, nullable, _, _ in columns
        }
        primary_key, unique_key = (
            [column[0] for column in sorted(columns, key=itemgetter(position)) if column[position]]
            for position in (3, 4)
        )
        return self.build_catalog_entry(
            stream_id,
            Schema.from_dict({'type': 'object', 'properties': properties}),
            key_properties=primary_key,
            unique_constraints=primary_key or unique_key,
            unique_conflict_method=UNIQUE_CONFLICT_METHOD_UPDATE,
        )

    def _enforced(self, key, stream):
        return key

    def _escaped(self, query):
        return query

    def _described(self, query):
        """Names and types of the columns of a saved query, the types as discovery has them."""
        raise NotImplementedError

    def _quote(self, name):
        return '"' + name.replace('"', '""') + '"'

    def _column_schema(self, column_type, nullable):
        """The JSON schema of a column."""
        raise NotImplementedError

    def _types(self, json_type, nullable):
        """
        The types of a column, of which destinations take the first: JSON may be of any type, and
        lone strings and numbers in it stay JSON text. A number that JSON has none for is null.
        """
        types = ['object', 'array', 'string'] if json_type == 'object' else [json_type]
        return ['null', *types] if nullable or json_type == 'number' else types


if __name__ == '__main__':
    main(Discovery)
