"""Records whose columns aren't the fields of the API's records."""

from copy import deepcopy
from datetime import datetime, timezone
from email.utils import format_datetime
from unittest.mock import patch

from kinds.api.python.offline.base import FakeApi, OfflineTest, put
from kinds.api.python.offline.other_columns import OtherColumns
from kinds.api.python.registry import STREAMS


class FieldColumns(OtherColumns):
    def leave_to_shape(self, columns, name):
        """Return the columns without those that others are taken from."""
        roots = {path[0] for path in STREAMS[name].COLUMNS.values()}
        return {column: schema for column, schema in columns.items() if column not in roots}


class ValueColumns(OtherColumns):
    def leave_to_values(self, columns, name):
        """Return the columns that the records have themselves."""
        added = STREAMS[name].VALUES
        return {column: schema for column, schema in columns.items() if column not in added}


class FakeFields(FakeApi):
    def nest(self, records, stream):
        """Return records that have the columns inside of them."""
        nested = [
            {column: value for column, value in record.items() if column not in stream.COLUMNS}
            for record in records
        ]
        for record, given in zip(nested, records):
            for column, path in stream.COLUMNS.items():
                put(record, path, deepcopy(given.get(column)))
        return nested


class FakeNames(FakeApi):
    def name_back(self, records, stream):
        """Return records with the names that the API has for columns."""
        fields = {column: field for field, column in stream.RENAME.items()}
        return [
            {fields.get(column, column): value for column, value in record.items()}
            for record in records
        ]


class FakeEpochs(FakeApi):
    def convert_back(self, records, stream):
        """Return records with moments as the API has them."""
        return [
            {column: turn_back(value, stream.CONVERT.get(column)) for column, value in each.items()}
            for each in records
        ]


def turn_back(value, convert):
    """Return what a function makes a value of."""
    if value is None or not convert:
        return value
    units = 1000 if convert.__name__.endswith('_ms') else 1
    if convert.__name__.startswith('from'):
        return int(datetime.fromisoformat(value).timestamp() * units)
    return datetime.fromtimestamp(value / units, timezone.utc).isoformat()


class FakeDates(FakeEpochs):
    def convert_back(self, records, stream):
        """Return records with moments as the API has them."""
        convert = stream.CONVERT
        return [
            {column: turn_to_text(value, convert.get(column)) for column, value in each.items()}
            for each in records
        ]


def turn_to_text(value, convert):
    """Return what a function makes a value of."""
    name = convert.__name__ if value and convert else ''
    if name == 'from_rfc2822':
        return format_datetime(datetime.fromisoformat(value))
    if name == 'from_dotnet':
        return f'/Date({int(datetime.fromisoformat(value).timestamp() * 1000)}+0000)/'
    return turn_back(value, convert)


class OneColumn(OtherColumns):
    def leave_to_items(self, columns, name):
        """Return the one column of records that are values."""
        stream = STREAMS[name]
        if stream.RECORDS_IN != 'values':
            return columns
        return {stream.VALUE_COLUMN: columns[stream.VALUE_COLUMN]}


class MapValueColumns(OtherColumns):
    def leave_to_map_values(self, columns, name):
        """Return the one column of what a map has, where that is no record."""
        stream = STREAMS[name]
        if not stream.MAP_VALUE:
            return columns
        own = (stream.MAP_KEY, stream.MAP_VALUE)
        return {column: schema for column, schema in columns.items() if column in own}


class KeptRecords(OfflineTest):
    def keep_all(self):
        for stream in STREAMS.values():
            patched = patch.object(stream, 'keeps', lambda self, record: True)
            patched.start()
            self.addCleanup(patched.stop)


class DeletedRecords(OtherColumns):
    def leave_to_marks(self, columns, name):
        """Return the columns without the one that tells whether a record is deleted."""
        columns.pop(STREAMS[name].DELETED_COLUMN, None)
        return columns

    def mark_none(self):
        for stream in STREAMS.values():
            patched = patch.object(stream, 'is_deleted', lambda self, record: False)
            patched.start()
            self.addCleanup(patched.stop)
