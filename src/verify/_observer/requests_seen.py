"""Sees requests and their responses in the libraries that connectors send them with."""

import http.client
import threading
from functools import wraps
from typing import Callable

import requests
import urllib3
from _observer.bodies import LONGEST

# Told of each response: method, addresses, what was sent, status, headers, and the body, if it was read;  # noqa: E501
# the status is 0 where there was none.
See = Callable[..., None]

# Whether a request that is seen is being sent: a redirect's own requests are a part of it.
sending = threading.local()


def watch(see: See) -> None:
    watch_requests(see)
    watch_urllib3(see)
    watch_http_client(see)


def outermost(send: Callable, tell: Callable) -> Callable:
    """Have a method that sends tell what it returned, or None, without those that it calls itself."""  # noqa: E501

    @wraps(send)
    def watched(self, *args, **kwargs):
        if getattr(sending, 'on', False):
            return send(self, *args, **kwargs)
        sending.on = True
        response = None
        try:
            response = send(self, *args, **kwargs)
            return response
        finally:
            sending.on = False
            tell(response, *args, **kwargs)

    return watched


def watch_requests(see: See) -> None:
    def tell(response, request, **kwargs) -> None:
        if response is None:
            see(request.method, [request.url], request.body, 0, {}, None)
            return
        # What is streamed wasn't read yet.
        content = response.content if response._content_consumed else None
        urls = [each.request.url for each in [*response.history, response]]
        see(request.method, urls, request.body, response.status_code, response.headers, content)

    requests.Session.send = outermost(requests.Session.send, tell)


def watch_urllib3(see: See) -> None:
    def tell(response, method, url, **kwargs) -> None:
        if response is None:
            see(method, [url], kwargs.get('body'), 0, {}, None)
            return
        content = response.data if kwargs.get('preload_content', True) else None
        see(method, [url], kwargs.get('body'), response.status, response.headers, content)

    urllib3.PoolManager.urlopen = outermost(urllib3.PoolManager.urlopen, tell)


def watch_http_client(see: See) -> None:
    """See what goes through http.client itself, as of urllib.request; urllib3 has connections of its own."""  # noqa: E501
    connection = http.client.HTTPConnection
    request, getresponse = connection.request, connection.getresponse
    own = (http.client.HTTPConnection, http.client.HTTPSConnection)

    @wraps(request)
    def watched_request(self, method, url, body=None, *args, **kwargs):
        if type(self) in own:
            scheme = 'https' if isinstance(self, http.client.HTTPSConnection) else 'http'
            address = url if '://' in url else f'{scheme}://{self.host}:{self.port}{url}'
            self.seen_request = (method, [address], body)
        return request(self, method, url, body, *args, **kwargs)

    @wraps(getresponse)
    def watched_response(self):
        response = getresponse(self)
        asked = self.__dict__.pop('seen_request', None)
        if asked:
            watch_reading(
                response, lambda content: see(*asked, response.status, response.headers, content)
            )
        return response

    connection.request, connection.getresponse = watched_request, watched_response


def watch_reading(response: http.client.HTTPResponse, tell: Callable) -> None:
    """Tell a body when it has been read to its end."""
    read = response.read
    parts = []

    @wraps(read)
    def watched(amt=None):
        part = read(amt)
        if sum(map(len, parts)) <= LONGEST:
            parts.append(part)
        if amt is None or part == b'':
            response.read = read
            tell(b''.join(parts))
        return part

    response.read = watched
