"""What a fake API answers to a request for records."""

from kinds.api.python.offline.base import FakeApi


class FakeRecords(FakeApi):
    def answer_records(self, request):
        self.requests.append(request)
        if self.first:
            (status, headers), self.first = self.first, None
            return status, {}, headers
        self.check_credentials(request)
        body, headers = self.get_page(self.read_params(request), request.url)
        self.sign(headers)
        body = self.encode(body)
        return 200, body, headers
