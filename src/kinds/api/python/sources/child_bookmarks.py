"""A source of which some streams have a bookmark for each of their parents."""

from typing import Dict, List

from kinds.api.python.registry import STREAMS
from kinds.api.python.sources.checkpoints import WindowsSource
from kinds.api.python.sources.incremental import IncrementalSource
from kinds.api.python.sources.parents import ParentsSource
from mage_integrations.sources.messages import write_state


class ChildBookmarksSource(IncrementalSource, ParentsSource):
    def begin_parents(self, source, bookmarks: Dict = None, **kwargs) -> None:
        if source.PARENTS and source.REPLICATION_KEY:
            # The bookmark of all of them is none of a parent's.
            self.begin(source)
            source.start, source.bookmarks, source.parent_key = source.since, {}, None
            source.known = (bookmarks or {}).get('parents') or {}

    def note_parent(self, source, rows: List[Dict]) -> None:
        if source.known is not None:
            key = source.parent_key
            known = source.bookmarks.get(key) or source.known.get(key)
            last = source.get_last([known, *(row.get(source.REPLICATION_KEY) for row in rows)])
            if last is not None:
                source.bookmarks[key] = last

    def save_parents(self, stream, source) -> None:
        """Write the parents' bookmarks into the state, beside the greatest, which Mage shows."""
        if source.bookmarks and self._get_bookmark_properties_for_stream(stream):
            greatest = max(source.bookmarks.values())
            bookmarks = {source.REPLICATION_KEY: greatest, 'parents': source.bookmarks}
            write_state({'bookmarks': {stream.tap_stream_id: bookmarks}})

    def leave_to_parents(self, stream, result: Dict) -> None:
        if STREAMS[stream.tap_stream_id].PARENTS:
            # Their state is written at their end, by save_parents.
            result['max_bookmark'] = []


class ChildWindowsSource(ChildBookmarksSource, WindowsSource):
    def or_complete(self, ascending: bool, source) -> bool:
        return ascending or (source.complete and source.known is None)
