"""GitHub GraphQL: Repositories of a GitHub organization."""

from functools import cached_property
from typing import Dict, Generator, List

from mage_integrations.sources.base import Source, main
from mage_integrations.sources.github_graphql.client import GitHubGraphQLClient
from mage_integrations.sources.github_graphql.streams import STREAMS
from mage_integrations.utils.schema_helpers import extract_selected_columns


class GitHubGraphQL(Source):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        # An empty configuration is None to Mage, which then fails in a run.
        self.config = self.config or {}

    @cached_property
    def client(self) -> GitHubGraphQLClient:
        # Made when first used, since Mage also constructs sources that have no configuration yet.
        patient = not self.should_test_connection
        return GitHubGraphQLClient(self.config, self.logger, patient)

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
        for rows in source.load_data():
            yield rows

    def set_schema(self, stream, source) -> None:
        names = extract_selected_columns(stream.metadata)
        columns = stream.schema.properties.items()
        source.schema = {name: column for name, column in columns if name in names}

    def test_connection(self) -> None:
        """Read the first page of the first stream; an error says what is wrong."""
        stream = next(iter(STREAMS.values()))(self.client)
        next(stream.load_data())


if __name__ == '__main__':
    main(GitHubGraphQL)
