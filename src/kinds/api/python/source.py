"""The source of an API connector: how Mage discovers, tests and reads its streams."""

from functools import cached_property
from typing import Dict, Generator, List

from kinds.api.python.client import ApiClient
from kinds.api.python.registry import STREAMS
from mage_integrations.sources.base import Source, main


class ApiSource(Source):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        # An empty configuration is None to Mage, which then fails in a run.
        self.config = self.config or {}

    @cached_property
    def client(self) -> ApiClient:
        # Made when first used, since Mage also constructs sources that have no configuration yet.
        patient = not self.should_test_connection
        return ApiClient(self.config, self.logger, patient)

    def find_stream(self, stream_id: str):
        """Return the class of a stream."""
        return STREAMS[stream_id]

    def build_catalog_entry(self, stream_id: str, schema, **kwargs):
        """Give the entry the stream's keys: Mage upserts by the unique constraints."""
        keys = self.find_stream(stream_id).KEY_PROPERTIES
        entry = super().build_catalog_entry(stream_id, schema, key_properties=keys, **kwargs)
        if keys:
            entry.unique_constraints = keys
            entry.unique_conflict_method = 'UPDATE'
        entry.bookmark_properties = self.get_valid_replication_keys(stream_id) or None
        return entry

    def load_data(self, stream, **kwargs) -> Generator[List[Dict], None, None]:
        """Yield the records page by page."""
        source = self.find_stream(stream.tap_stream_id)(self.client)
        self.check_selected(stream, source)
        self.set_schema(stream, source)
        self.begin(source, **kwargs)
        self.set_end(source, **kwargs)
        self.begin_parents(source, **kwargs)
        for rows in source.load_data():
            self.check_columns(stream, source, rows)
            yield rows
            # Here the rows have been written.
            self.note_parent(source)
            self.save_on_the_way(stream, source)
        self.save_state(stream, source)

    def check_selected(self, stream, source) -> None:
        """Refuse columns that aren't there any more."""

    def set_schema(self, stream, source) -> None:
        """Have the stream know the columns that are written."""

    def begin(self, source, **kwargs) -> None:
        """Have the stream begin at its bookmark."""

    def begin_parents(self, source, **kwargs) -> None:
        """Have the stream begin at the bookmark of each parent."""

    def set_end(self, source, **kwargs) -> None:
        """Have the stream end where the run does."""

    def check_columns(self, stream, source, rows: List[Dict]) -> None:
        """Refuse rows that have none of the stream's columns."""

    def note_parent(self, source) -> None:
        """Note the bookmark of the parent that the rows are of."""

    def save_on_the_way(self, stream, source) -> None:
        """Move the state on the way, where that loses nothing."""

    def save_state(self, stream, source) -> None:
        """Write where the next run goes on from."""

    def test_connection(self) -> None:
        """Read the first page of the first stream; an error says what is wrong."""
        stream = next(iter(STREAMS.values()))(self.client)
        self.begin(stream)
        next(stream.load_data())


if __name__ == '__main__':
    main(ApiSource)
