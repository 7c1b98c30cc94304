"""Streams with a bookmark for each of their parents."""

import json
from typing import Dict, Generator, List

from kinds.api.python.streams.parents import EndedParents, IncrementalParents


class ChildBookmarks(IncrementalParents):
    # The parents' bookmarks in the state that a run goes on from, and those that it finds.
    known = None
    bookmarks = {}

    def resume_parent(self) -> None:
        """Read from the parent's own bookmark on, so that nothing of a new parent is missed."""
        if self.known is not None:
            self.parent_key = json.dumps(list(self.parent.values()))
            known = self.known.get(self.parent_key)
            self.greatest = known and self.read_bookmark(known)
            self.since = self.greatest or self.start

    def end_parents(self) -> Generator[List[Dict], None, None]:
        # Mage's sample needs a batch even if there is no parent.
        yield []
        if not self.since and not self.known:
            self.client.keys[self.TABLE] = self.keys


class EndedChildBookmarks(ChildBookmarks, EndedParents):
    """Some streams end where the run does."""

    def end_parents(self) -> Generator[List[Dict], None, None]:
        # Mage's sample needs a batch even if there is no parent.
        yield []
        if not self.since and not self.known and not self.until:
            self.client.keys[self.TABLE] = self.keys
