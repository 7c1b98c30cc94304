"""Streams that are asked for by parents which aren't read whole."""

from typing import Dict, List

from kinds.api.python.streams.parents import IncrementalParents


class ChangedParents(IncrementalParents):
    # True where only records of the parent are asked by that have changed since the last run.
    CHANGED_PARENTS = False
    # True where requests can't do without a moment to begin at.
    BEGUN = False

    def get_keys(self, stream) -> List[Dict]:
        """Return what children take of a stream's records since a moment, each of which is read once in a run."""  # noqa: E501
        since = self.get_since(stream)
        place = (stream.TABLE, since) if since else stream.TABLE
        if place not in self.client.keys:
            source = stream(self.client)
            source.since = since
            for _ in source.load_data():
                pass
            self.client.keys[place] = source.keys
        return self.client.keys[place]

    def get_since(self, stream):
        """Return the moment since which a parent is read, None for all of it."""
        if self.CHANGED_PARENTS and self.since:
            return self.since
        start = self.client.config.get('start_date')
        return stream.read_bookmark(start, 'start_date') if stream.BEGUN else None
