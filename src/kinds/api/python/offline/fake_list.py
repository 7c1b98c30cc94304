"""A fake API without pages."""

from kinds.api.python.offline.base import FakeApi


class FakeList(FakeApi):
    def answer_records(self, request):
        self.requests.append(request)
        if self.first:
            (status, headers), self.first = self.first, None
            return status, {}, headers
        self.check_credentials(request)
        body = self.records
        body = self.wrap(body)
        body = self.encode(body)
        return 200, body, {}
