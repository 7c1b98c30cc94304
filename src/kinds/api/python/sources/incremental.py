"""A source of which some streams have bookmarks."""

from copy import copy
from typing import Dict, List

from kinds.api.python.source import ApiSource
from mage_integrations.sources.messages import write_state


class IncrementalSource(ApiSource):
    def __init__(self, **kwargs):
        # The state at the end is the greatest bookmark, whatever order the records come in.
        super(ApiSource, self).__init__(is_sorted=False, **kwargs)
        # An empty configuration is None to Mage, which then fails in a run.
        self.config = self.config or {}

    def get_forced_replication_method(self, stream_id: str) -> str:
        return self.find_stream(stream_id).REPLICATION_METHOD

    def get_valid_replication_keys(self, stream_id: str) -> List[str]:
        key = self.find_stream(stream_id).REPLICATION_KEY
        return [key] if key else []

    def write_records(self, stream, rows: List[Dict], properties: Dict = None) -> Dict:
        """Write the rows; load_data writes the state, in the one form that states have."""
        # The base class takes the bookmark as it stands in the row and fails where there is none.
        without_state = copy(stream)
        without_state.replication_method = 'FULL_TABLE'
        return super().write_records(without_state, rows, properties)

    def save_state(self, stream, source) -> None:
        for key in self._get_bookmark_properties_for_stream(stream):
            bookmarks = {key: source.get_state()}
            bookmarks = self.add_parents(bookmarks, source)
            if bookmarks[key] is not None:
                write_state({'bookmarks': {stream.tap_stream_id: bookmarks}})

    def add_parents(self, bookmarks: Dict, source) -> Dict:
        """Return the bookmarks of a stream with those of its parents."""
        return bookmarks


class MomentSource(IncrementalSource):
    def begin(self, source, bookmarks: Dict = None, **kwargs) -> None:
        bookmark = (bookmarks or {}).get(source.REPLICATION_KEY)
        place = f'the bookmark of {source.TABLE} in the state' if bookmark else 'start_date'
        since = bookmark or self.client.config.get('start_date')
        source.since = since and source.read_bookmark(since, place)


class CounterSource(IncrementalSource):
    def begin(self, source, bookmarks: Dict = None, **kwargs) -> None:
        bookmark = (bookmarks or {}).get(source.REPLICATION_KEY)
        place = f'the bookmark of {source.TABLE} in the state'
        source.since = bookmark and source.read_bookmark(bookmark, place)


class MixedSource(IncrementalSource):
    def begin(self, source, bookmarks: Dict = None, **kwargs) -> None:
        bookmark = (bookmarks or {}).get(source.REPLICATION_KEY)
        place = f'the bookmark of {source.TABLE} in the state' if bookmark else 'start_date'
        start = None if source.COUNTER else self.client.config.get('start_date')
        since = bookmark or start
        source.since = since and source.read_bookmark(since, place)
