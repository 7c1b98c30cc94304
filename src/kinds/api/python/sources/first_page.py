"""A source of which some streams can't ask without the moment that they begin at."""

from kinds.api.python.registry import STREAMS
from kinds.api.python.sources.incremental import IncrementalSource
from kinds.api.python.sources.parents import ParentsSource


class BegunSource(IncrementalSource):
    def test_connection(self) -> None:
        """Read the first page of the first stream; an error says what is wrong."""
        stream = next(iter(STREAMS.values()))(self.client)
        self.begin(stream)
        next(stream.load_data())


class BegunParentsSource(BegunSource, ParentsSource):
    def test_connection(self) -> None:
        """Read the first page of the first stream without parents; an error says what is wrong."""
        stream = next(stream for stream in STREAMS.values() if not stream.PARENTS)(self.client)
        self.begin(stream)
        next(stream.load_data())
