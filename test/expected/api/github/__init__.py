"""GitHub Issues: Issues of a GitHub repository and their comments."""

import json
from copy import copy
from functools import cached_property
from typing import Dict, Generator, List

from mage_integrations.sources.base import Source, main
from mage_integrations.sources.github_issues.client import GitHubIssuesClient
from mage_integrations.sources.github_issues.streams import STREAMS
from mage_integrations.sources.messages import write_state


class GitHubIssues(Source):
    def __init__(self, **kwargs):
        # The state at the end is the greatest bookmark, whatever order the records come in.
        super().__init__(is_sorted=False, **kwargs)

    @cached_property
    def client(self) -> GitHubIssuesClient:
        # Made when first used, since Mage also constructs sources that have no configuration yet.
        return GitHubIssuesClient(
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
        if stream.REPLICATION_KEY:
            entry.bookmark_properties = [stream.REPLICATION_KEY]
        return entry

    def get_forced_replication_method(self, stream_id: str) -> str:
        return STREAMS[stream_id].REPLICATION_METHOD

    def get_table_key_properties(self, stream_id: str) -> List[str]:
        return STREAMS[stream_id].KEY_PROPERTIES

    def get_valid_replication_keys(self, stream_id: str) -> List[str]:
        key = STREAMS[stream_id].REPLICATION_KEY
        return [key] if key else []

    def load_data(
        self,
        stream,
        bookmarks: Dict = None,
        query: Dict = None,
        sample_data: bool = False,
        **kwargs,
    ) -> Generator[List[Dict], None, None]:
        """Yield the records page by page, from the bookmark or else from `start_date` on."""
        source = STREAMS[stream.tap_stream_id](self.client)
        bookmark = (bookmarks or {}).get(source.REPLICATION_KEY)
        since = bookmark or self.client.config.get('start_date')
        if source.PARENTS and source.REPLICATION_KEY:
            yield from self.load_children(stream, source, bookmarks or {})
            return
        greatest = None
        for rows in source.load_data(since):
            yield rows
            # Here the rows have been written.
            for key in self._get_bookmark_properties_for_stream(stream):
                last = source.get_last(row.get(key) for row in rows)
                if last is not None:
                    greatest = max(last, greatest or last)
                if greatest and source.SORTED:
                    write_state({'bookmarks': {stream.tap_stream_id: {key: greatest}}})

    def load_children(self, stream, source, bookmarks: Dict) -> Generator[List[Dict], None, None]:
        """Yield the records of each parent, from the parent's own bookmark on.

        So the records of a parent that is new are read from the beginning. The parents' bookmarks
        are in the state beside the greatest of them, which is the one that Mage shows.
        """
        known, state = bookmarks.get('parents') or {}, {}
        for parent in source.get_parents():
            key = json.dumps(list(parent.values()))
            since = known.get(key)
            if since:
                state[key] = since
            for rows in source.load_children(parent, since or self.client.config.get('start_date')):
                yield rows
                last = source.get_last(row.get(source.REPLICATION_KEY) for row in rows)
                if last is not None:
                    state[key] = max(last, state.get(key, last))
        # Mage's sample needs a batch even if there is no parent.
        yield []
        if state and self._get_bookmark_properties_for_stream(stream):
            bookmarks = {source.REPLICATION_KEY: max(state.values()), 'parents': state}
            write_state({'bookmarks': {stream.tap_stream_id: bookmarks}})

    def write_records(self, stream, rows: List[Dict], properties: Dict = None) -> Dict:
        """Write the rows and find their greatest bookmark, in the one format that states have.

        A row without a bookmark is written, too, and leaves the state as it is.
        """
        # The base class takes the bookmark as it stands in the row and fails where there is none.
        without_state = copy(stream)
        without_state.replication_method = 'FULL_TABLE'
        result = super().write_records(without_state, rows, properties)
        if STREAMS[stream.tap_stream_id].PARENTS:
            # Their state is written at their end, by load_children.
            return result
        for key in self._get_bookmark_properties_for_stream(stream):
            last = STREAMS[stream.tap_stream_id].get_last(row.get(key) for row in rows)
            result['max_bookmark'] = [] if last is None else [last]
        return result

    def sync(self, catalog, properties: Dict = None) -> None:
        """Read parents first: what is read whole isn't read again for the children."""
        catalog.streams.sort(key=lambda stream: STREAMS[stream.tap_stream_id].get_level())
        super().sync(catalog, properties)

    def test_connection(self) -> None:
        """Read the first page of the first stream without parents; an error says what is wrong."""
        stream = next(stream for stream in STREAMS.values() if not stream.PARENTS)(self.client)
        next(stream.load_data())


if __name__ == '__main__':
    main(GitHubIssues)
