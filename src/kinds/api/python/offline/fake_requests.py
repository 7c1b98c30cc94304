"""A fake API that keeps what it was asked for."""

from kinds.api.python.offline.base import FakeApi


class FakeRequests(FakeApi):
    def start_requests(self):
        # The parameters of the requests for records.
        self.requests = []

    def keep_request(self, request):
        self.requests.append(self.read_params(request))
