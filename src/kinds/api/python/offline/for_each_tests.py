"""Offline tests of streams that are asked for by lists."""

from kinds.api.python.offline.parent_tests import ParentTests
from kinds.api.python.registry import STREAMS


class ForEachTests(ParentTests):
    def note_client(self, source):
        self.client = source.client

    def add_item(self, columns, name):
        return [*columns, STREAMS[name].ITEM]

    def get_items(self, name):
        return set(STREAMS[name](self.client).get_items())

    def count_items(self, count, name):
        """Return how often a record comes, of which a key that has nothing of the item has one."""
        item, keys = STREAMS[name].ITEM, STREAMS[name].KEY_PROPERTIES
        return count * len(self.get_items(name)) if item and (not keys or item in keys) else count

    def check_items(self, rows, name):
        if STREAMS[name].ITEM:
            self.assertEqual({row[STREAMS[name].ITEM] for row in rows}, self.get_items(name))
