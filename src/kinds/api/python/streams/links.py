"""Streams whose pages are found by addresses in the responses."""

from typing import Dict
from urllib.parse import parse_qs, urljoin, urlsplit

from kinds.api.python.stream import BaseStream


class Links(BaseStream):
    """Requests have no secrets."""

    def follow(self, response, link: str) -> Dict:
        """Have the next request go to a link, and return its parameters."""
        here, url = urlsplit(response.url), urlsplit(urljoin(response.url, link))
        if url.netloc != here.netloc:
            raise ValueError(f'The next page is at another host, {url.netloc}')
        self.url, params = url._replace(scheme=here.scheme).geturl(), {}
        params = self.add_body(params)
        return params


class SecretLinks(Links):
    """Requests have secrets."""

    def follow(self, response, link: str) -> Dict:
        """Have the next request go to a link, and return its parameters.

        It must be at the same host, since it gets the credentials.
        """
        # A redirect may have led to another host already.
        here = urlsplit((response.history or [response])[0].url)
        url = urlsplit(urljoin(response.url, link))
        if url.netloc != here.netloc:
            raise ValueError(f'The next page is at another host, {url.netloc}')
        self.url, params = url._replace(scheme=here.scheme).geturl(), {}
        params = self.split_url(params)
        params = self.add_body(params)
        return params

    def split_url(self, params: Dict) -> Dict:
        """Take the parameters off the address, where the client adds to them."""
        return params


class KeyLinks(SecretLinks):
    """Requests have a key among their parameters."""

    def split_url(self, params: Dict) -> Dict:
        # Apart, since the address may have the key already.
        url = urlsplit(self.url)
        self.url = url._replace(query='').geturl()
        return parse_qs(url.query, keep_blank_values=True)
