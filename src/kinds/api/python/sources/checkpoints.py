"""A source of which some streams move the state on the way."""

from typing import Dict, List

from kinds.api.python.sources.incremental import IncrementalSource
from mage_integrations.sources.messages import write_state


class CheckpointsSource(IncrementalSource):
    def note_bookmarks(self, stream, source, rows: List[Dict]) -> None:
        # Here the rows have been written.
        for key in self._get_bookmark_properties_for_stream(stream):
            source.greatest = source.get_last([source.greatest, *(row.get(key) for row in rows)])
            ascending = source.SORTED
            ascending = self.or_complete(ascending, source)
            if ascending and source.greatest:
                write_state({'bookmarks': {stream.tap_stream_id: {key: source.greatest}}})

    def or_complete(self, ascending: bool, source) -> bool:
        """Tell whether all that follows has greater bookmarks."""
        return ascending


class WindowsSource(CheckpointsSource):
    def or_complete(self, ascending: bool, source) -> bool:
        return ascending or source.complete
