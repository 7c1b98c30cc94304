"""Formats that are text."""

import requests

from kinds.api.python.client import ApiClient


class TextFormat(ApiClient):
    def read_text(self, response: requests.Response) -> str:
        content_type = response.headers.get('Content-Type', '')
        if 'html' in content_type:
            raise ValueError('a page for people')
        # Without a charset, requests takes text for Latin 1.
        encoding = response.encoding if 'charset' in content_type else 'utf-8-sig'
        return response.content.decode(encoding)

    def find_encoding(self, file: requests.Response) -> str:
        """Return the encoding of a file that is read line by line."""
        is_told = 'charset' in file.headers.get('Content-Type', '')
        return file.encoding if is_told else 'utf-8-sig'
