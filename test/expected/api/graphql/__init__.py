"""GitHub GraphQL: Repositories of a GitHub organization."""

from functools import cached_property
from typing import Dict, Generator, List

from mage_integrations.sources.base import Source, main
from mage_integrations.sources.github_graphql.client import GitHubGraphQLClient
from mage_integrations.sources.github_graphql.streams import STREAMS


class GitHubGraphQL(Source):
    @cached_property
    def client(self) -> GitHubGraphQLClient:
        # Made when first used, since Mage also constructs sources that have no configuration yet.
        return GitHubGraphQLClient(
            self.config or {}, self.logger, patient=not self.should_test_connection
        )

    def build_catalog_entry(self, stream_id: str, schema, **kwargs):
        """Give the entry the stream's keys: Mage upserts by the unique constraints."""
        stream = STREAMS[stream_id]
        entry = super().build_catalog_entry(stream_id, schema, **kwargs)
        entry.key_properties = stream.KEY_PROPERTIES
        if stream.KEY_PROPERTIES:
            entry.unique_constraints = stream.KEY_PROPERTIES
            entry.unique_conflict_method = 'UPDATE'
        return entry

    def get_table_key_properties(self, stream_id: str) -> List[str]:
        return STREAMS[stream_id].KEY_PROPERTIES

    def load_data(
        self,
        stream,
        bookmarks: Dict = None,
        query: Dict = None,
        sample_data: bool = False,
        **kwargs,
    ) -> Generator[List[Dict], None, None]:
        """Yield the records page by page."""
        yield from STREAMS[stream.tap_stream_id](self.client).load_data()

    def test_connection(self) -> None:
        """Read the first page of the first stream; an error says what is wrong."""
        stream = next(iter(STREAMS.values()))(self.client)
        next(stream.load_data())


if __name__ == '__main__':
    main(GitHubGraphQL)
