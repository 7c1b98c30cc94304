"""A source of which some streams move the state on the way."""

from kinds.api.python.sources.incremental import IncrementalSource


class CheckpointsSource(IncrementalSource):
    def save_on_the_way(self, stream, source) -> None:
        ascending = source.SORTED
        ascending = self.or_complete(ascending, source)
        if ascending:
            self.save_state(stream, source)

    def or_complete(self, ascending: bool, source) -> bool:
        """Tell whether all that follows has greater bookmarks."""
        return ascending


class WindowsSource(CheckpointsSource):
    def or_complete(self, ascending: bool, source) -> bool:
        return ascending or source.complete
