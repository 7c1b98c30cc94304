"""A place for what streams take of their parents, which are read once in a run."""

from kinds.api.python.client import ApiClient


class ParentKeys(ApiClient):
    def start_parent_keys(self) -> None:
        # What streams take of their parents, by the parent.
        self.keys = {}
