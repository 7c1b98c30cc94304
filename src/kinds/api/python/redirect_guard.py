"""Keeps secrets from other hosts: on a redirect, requests holds back Authorization alone."""

from urllib.parse import urlsplit

import requests

from kinds.api.python.client import ApiClient

# Headers that have secrets.
SECRET_HEADERS = ()


class HeaderGuard(requests.Session):
    """Keeps secrets from other hosts: on a redirect, requests holds back Authorization alone."""

    def rebuild_auth(self, prepared_request, response):
        super().rebuild_auth(prepared_request, response)
        if self.should_strip_auth(response.url, prepared_request.url):
            drop_headers(prepared_request)


class BodyGuard(requests.Session):
    """Keeps secrets from other hosts: on a redirect, requests sends a body on."""

    def rebuild_auth(self, prepared_request, response):
        super().rebuild_auth(prepared_request, response)
        if self.should_strip_auth(response.url, prepared_request.url):
            refuse_body(prepared_request, response)


class SecretGuard(requests.Session):
    """Keeps secrets from other hosts: on a redirect, requests holds back Authorization alone."""

    def rebuild_auth(self, prepared_request, response):
        super().rebuild_auth(prepared_request, response)
        if self.should_strip_auth(response.url, prepared_request.url):
            drop_headers(prepared_request)
            refuse_body(prepared_request, response)


class GuardedHeaders(ApiClient):
    def guard_redirects(self) -> None:
        self.session = HeaderGuard()


class GuardedBodies(ApiClient):
    def guard_redirects(self) -> None:
        self.session = BodyGuard()


class GuardedSecrets(ApiClient):
    def guard_redirects(self) -> None:
        self.session = SecretGuard()


def drop_headers(request: requests.PreparedRequest) -> None:
    for header in SECRET_HEADERS:
        request.headers.pop(header, None)


def refuse_body(request: requests.PreparedRequest, response: requests.Response) -> None:
    if request.body:
        here, there = urlsplit(response.url), urlsplit(request.url)
        raise ValueError(f'{here.netloc} sends requests with secrets on to {there.netloc}')
