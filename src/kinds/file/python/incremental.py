"""Streams that deliver only what is new since the run before."""

from copy import copy
from datetime import datetime, timezone
from decimal import Decimal
from typing import Dict, List

from kinds.file.python.moments import parse_iso
from kinds.file.python.source import STREAMS, FileSource
from mage_integrations.sources.base import main


class Incremental(FileSource):
    def build_catalog_entry(self, stream_id: str, schema, **kwargs):
        """Give the entry the stream's keys: Mage upserts by the unique constraints."""
        settings = STREAMS[stream_id]
        entry = super(FileSource, self).build_catalog_entry(
            stream_id,
            schema,
            key_properties=settings['key_properties'],
            replication_method=settings.get('replication_method'),
            unique_conflict_method='UPDATE',
            unique_constraints=settings['key_properties'],
            **kwargs,
        )
        # As an argument of super() it would override the bookmark that the user chooses later.
        if 'replication_key' in settings:
            entry.bookmark_properties = [settings['replication_key']]
        return entry

    def select_new(self, rows, stream, bookmarks: Dict = None, **kwargs):
        """Yield the rows at or after the bookmark, and those that have none."""
        keys = self._get_bookmark_properties_for_stream(stream)
        columns = stream.schema.to_dict()['properties']
        place = f'the bookmark of {stream.tap_stream_id} in the state'
        last = [to_comparable((bookmarks or {}).get(key), columns[key], place) for key in keys]
        last = self.read_moments(last, keys, stream, place)
        for row in rows:
            position = self.get_position(row, keys, columns, stream)
            if None in last or None in position or position >= last:
                yield row

    def read_moments(self, last: List, keys: List[str], stream, place: str) -> List:
        """Return the bookmark of a state with moments for those that have a form of their own."""
        return last

    def get_position(self, row: Dict, keys: List[str], columns: Dict, stream) -> List:
        """Return the bookmark of a row as it compares with others."""
        place = f'{stream.tap_stream_id}: '
        return [to_comparable(row.get(key), columns[key], place + key) for key in keys]

    def write_records(self, stream, rows: List[Dict], properties: Dict = None) -> Dict:
        """Write all rows; the state gets their greatest bookmark, even if some have none."""
        # The base class compares all bookmarks, and fails where there is none.
        without_state = copy(stream)
        without_state.replication_method = 'FULL_TABLE'
        result = super().write_records(without_state, rows, properties)
        keys = self._get_bookmark_properties_for_stream(stream)
        columns = stream.schema.to_dict()['properties']
        positions = [self.get_position(row, keys, columns, stream) for row in rows]
        last = max((position for position in positions if None not in position), default=[])
        # Moments compare as text in one form alone.
        result['max_bookmark'] = [
            value.isoformat() if isinstance(value, datetime) else value for value in last
        ]
        return result


def to_comparable(value, column: Dict, place: str):
    """Return a bookmark as what compares: a date-time as a moment, a decimal as states have it.

    An error names the place.
    """
    if value is not None and column.get('format') == 'date-time':
        return to_moment(value, place)
    return float(value) if isinstance(value, Decimal) else value


def to_moment(value, place: str) -> datetime:
    try:
        moment = parse_iso(value)
        return moment.replace(tzinfo=moment.tzinfo or timezone.utc).astimezone(timezone.utc)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f'{place} is {value!r}, no moment in ISO 8601') from None


if __name__ == '__main__':
    # Files promise no order: the state is the greatest bookmark of a run, not the last one.
    main(Incremental, is_sorted=False)
