"""A source of which some streams have bookmarks."""

from copy import copy
from typing import Dict, List

from kinds.api.python.registry import STREAMS
from kinds.api.python.source import ApiSource


class IncrementalSource(ApiSource):
    def __init__(self, **kwargs):
        # The state at the end is the greatest bookmark, whatever order the records come in.
        super(ApiSource, self).__init__(is_sorted=False, **kwargs)
        # An empty configuration is None to Mage, which then fails in a run.
        self.config = self.config or {}

    def get_forced_replication_method(self, stream_id: str) -> str:
        return STREAMS[stream_id].REPLICATION_METHOD

    def get_valid_replication_keys(self, stream_id: str) -> List[str]:
        key = STREAMS[stream_id].REPLICATION_KEY
        return [key] if key else []

    def write_records(self, stream, rows: List[Dict], properties: Dict = None) -> Dict:
        """Write the rows and find their greatest bookmark, in the one form that states have.

        A row without a bookmark is written, too, and leaves the state as it is.
        """
        # The base class takes the bookmark as it stands in the row and fails where there is none.
        without_state = copy(stream)
        without_state.replication_method = 'FULL_TABLE'
        result = super().write_records(without_state, rows, properties)
        for key in self._get_bookmark_properties_for_stream(stream):
            last = STREAMS[stream.tap_stream_id].get_last(row.get(key) for row in rows)
            result['max_bookmark'] = [] if last is None else [last]
        self.leave_to_parents(stream, result)
        return result

    def leave_to_parents(self, stream, result: Dict) -> None:
        """Leave the state to the parents' bookmarks, where there are some."""


class MomentSource(IncrementalSource):
    def begin(self, source, bookmarks: Dict = None, **kwargs) -> None:
        bookmark = (bookmarks or {}).get(source.REPLICATION_KEY)
        source.since = bookmark or self.client.config.get('start_date')


class CounterSource(IncrementalSource):
    def begin(self, source, bookmarks: Dict = None, **kwargs) -> None:
        source.since = (bookmarks or {}).get(source.REPLICATION_KEY)


class MixedSource(IncrementalSource):
    def begin(self, source, bookmarks: Dict = None, **kwargs) -> None:
        bookmark = (bookmarks or {}).get(source.REPLICATION_KEY)
        start = None if source.COUNTER else self.client.config.get('start_date')
        source.since = bookmark or start
