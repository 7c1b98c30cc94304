"""A run that ends at a moment."""

from kinds.api.python.offline.base import OfflineTest


class RunEnd(OfflineTest):
    def set_end(self, source):
        source.query = {'_end_date': '2024-01-02'}
