"""A source of which some streams have a bookmark for each of their parents."""

from typing import Dict

from kinds.api.python.sources.checkpoints import WindowsSource
from kinds.api.python.sources.incremental import IncrementalSource
from kinds.api.python.sources.parents import ParentsSource


class ChildBookmarksSource(IncrementalSource, ParentsSource):
    def begin_parents(self, source, bookmarks: Dict = None, **kwargs) -> None:
        if source.get_level() and source.REPLICATION_KEY:
            # The bookmark of all of them is none of a parent's.
            self.begin(source)
            source.start, source.bookmarks, source.parent_key = source.since, {}, None
            source.known = (bookmarks or {}).get('parents') or {}

    def note_parent(self, source) -> None:
        bookmark = source.get_state()
        if source.known is not None and bookmark is not None:
            source.bookmarks[source.parent_key] = bookmark

    def add_parents(self, bookmarks: Dict, source) -> Dict:
        """Return the parents' bookmarks beside the greatest, which Mage shows."""
        if source.known is None:
            return bookmarks
        greatest = max(source.bookmarks.values(), default=None)
        return {**dict.fromkeys(bookmarks, greatest), 'parents': source.bookmarks}


class MixedChildSource(ChildBookmarksSource):
    """Some streams with parents go on from the bookmark of a parent's changes instead."""

    def begin_parents(self, source, bookmarks: Dict = None, **kwargs) -> None:
        if source.get_level() and source.REPLICATION_KEY and not source.CHANGED_PARENTS:
            # The bookmark of all of them is none of a parent's.
            self.begin(source)
            source.start, source.bookmarks, source.parent_key = source.since, {}, None
            source.known = (bookmarks or {}).get('parents') or {}


class ChildWindowsSource(ChildBookmarksSource, WindowsSource):
    def or_complete(self, ascending: bool, source) -> bool:
        return ascending or (source.complete and source.known is None)
