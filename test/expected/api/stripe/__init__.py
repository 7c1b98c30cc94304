"""Stripe Account: Charges and customers of a Stripe account, and their payment methods."""

from copy import copy
from functools import cached_property
from typing import Dict, Generator, List

from mage_integrations.sources.base import Source, main
from mage_integrations.sources.messages import write_state
from mage_integrations.sources.stripe_account.client import StripeAccountClient
from mage_integrations.sources.stripe_account.streams import STREAMS
from mage_integrations.utils.schema_helpers import extract_selected_columns


class StripeAccount(Source):
    def __init__(self, **kwargs):
        # The state at the end is the greatest bookmark, whatever order the records come in.
        super().__init__(is_sorted=False, **kwargs)
        # An empty configuration is None to Mage, which then fails in a run.
        self.config = self.config or {}

    def get_forced_replication_method(self, stream_id: str) -> str:
        return STREAMS[stream_id].REPLICATION_METHOD

    def get_valid_replication_keys(self, stream_id: str) -> List[str]:
        key = STREAMS[stream_id].REPLICATION_KEY
        return [key] if key else []

    def write_records(self, stream, rows: List[Dict], properties: Dict = None) -> Dict:
        """Write the rows; load_data writes the state, in the one form that states have."""
        # The base class takes the bookmark as it stands in the row and fails where there is none.
        without_state = copy(stream)
        without_state.replication_method = 'FULL_TABLE'
        return super().write_records(without_state, rows, properties)

    @cached_property
    def client(self) -> StripeAccountClient:
        # Made when first used, since Mage also constructs sources that have no configuration yet.
        patient = not self.should_test_connection
        return StripeAccountClient(self.config, self.logger, patient)

    def build_catalog_entry(self, stream_id: str, schema, **kwargs):
        """Give the entry the stream's keys: Mage upserts by the unique constraints."""
        keys = STREAMS[stream_id].KEY_PROPERTIES
        entry = super().build_catalog_entry(stream_id, schema, key_properties=keys, **kwargs)
        if keys:
            entry.unique_constraints = keys
            entry.unique_conflict_method = 'UPDATE'
        entry.bookmark_properties = self.get_valid_replication_keys(stream_id) or None
        return entry

    def load_data(self, stream, **kwargs) -> Generator[List[Dict], None, None]:
        """Yield the records page by page."""
        source = STREAMS[stream.tap_stream_id](self.client)
        self.set_schema(stream, source)
        self.begin(source, **kwargs)
        for rows in source.load_data():
            yield rows
        self.save_state(stream, source)

    def set_schema(self, stream, source) -> None:
        names = extract_selected_columns(stream.metadata)
        columns = stream.schema.properties.items()
        source.schema = {name: column for name, column in columns if name in names}

    def begin(self, source, bookmarks: Dict = None, **kwargs) -> None:
        bookmark = (bookmarks or {}).get(source.REPLICATION_KEY)
        place = f'the bookmark of {source.TABLE} in the state' if bookmark else 'start_date'
        since = bookmark or self.client.config.get('start_date')
        source.since = since and source.read_bookmark(since, place)

    def save_state(self, stream, source) -> None:
        for key in self._get_bookmark_properties_for_stream(stream):
            bookmarks = {key: source.get_state()}
            if bookmarks[key] is not None:
                write_state({'bookmarks': {stream.tap_stream_id: bookmarks}})

    def test_connection(self) -> None:
        """Read the first page of the first stream without parents; an error says what is wrong."""
        stream = next(stream for stream in STREAMS.values() if not stream.PARENTS)(self.client)
        self.begin(stream)
        next(stream.load_data())

    def sync(self, catalog, properties: Dict = None) -> None:
        """Read parents first: what is read whole isn't read again for the children."""
        catalog.streams.sort(key=lambda stream: STREAMS[stream.tap_stream_id].get_level())
        super().sync(catalog, properties)


if __name__ == '__main__':
    main(StripeAccount)
