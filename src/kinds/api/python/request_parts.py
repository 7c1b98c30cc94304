"""Requests with headers of a stream, or with forms."""

from typing import Dict

from kinds.api.python.client import HEADERS, ApiClient


class RequestParts(ApiClient):
    def request(
        self,
        url: str,
        method: str = 'get',
        params: Dict = None,
        body: Dict = None,
        headers: Dict = None,
        form: bool = False,
    ):
        """Return the response of an address, whatever its status; `parse` refuses errors."""
        request = {'headers': {**HEADERS}, 'params': {**(params or {})}, 'json': body}
        self.accept(request)
        self.fill_headers(request)
        request['headers'].update(headers or {})
        self.authenticate(request)
        if form:
            request['data'] = request.pop('json')
        response = self.send(method, url, **request)
        response = self.renew_token(response, method, url, request)
        return self.await_answer(response, method, url, request)
