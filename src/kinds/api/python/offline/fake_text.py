"""A fake API that answers in a format of its own; what goes wrong is told in JSON."""

import io
import json

from requests import Response

from kinds.api.python.offline.base import FakeApi


class FakeText(FakeApi):
    def send(self, request, **kwargs):
        status, body, headers = self.answer(request)
        text = body if isinstance(body, str) else json.dumps(body)
        response = Response()
        response.status_code, response.url, response.request = status, request.url, request
        response.headers.update(headers)
        response.raw = io.BytesIO(text.encode())
        self.pack(response, body)
        self.complete(response)
        return response

    def encode(self, body):
        return self.encode_records(body)

    def encode_records(self, body):
        raise NotImplementedError
