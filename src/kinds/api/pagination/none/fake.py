"""A fake API that answers with all records, where some other stream of it has pages."""

from kinds.api.python.offline.base import FakeApi


class FakeWhole(FakeApi):
    def get_page(self, params, url):
        body = self.records
        body = self.wrap(body)
        return body, {}
