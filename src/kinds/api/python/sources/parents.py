"""A source of which some streams have parents."""

from typing import Dict

from kinds.api.python.registry import STREAMS
from kinds.api.python.source import ApiSource


class ParentsSource(ApiSource):
    def sync(self, catalog, properties: Dict = None) -> None:
        """Read parents first: what is read whole isn't read again for the children."""
        catalog.streams.sort(key=lambda stream: self.find_stream(stream.tap_stream_id).get_level())
        super().sync(catalog, properties)

    def test_connection(self) -> None:
        """Read the first page of the first stream without parents; an error says what is wrong."""
        stream = next(stream for stream in STREAMS.values() if not stream.PARENTS)(self.client)
        self.begin(stream)
        next(stream.load_data())
