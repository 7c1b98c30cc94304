"""Formats that are text."""

import requests

from kinds.api.python.client import ApiClient


class TextFormat(ApiClient):
    def read_text(self, response: requests.Response) -> str:
        content_type = response.headers.get('Content-Type', '')
        # Without this, requests takes text for Latin 1.
        if 'charset' not in content_type:
            response.encoding = 'utf-8-sig'
        if 'html' in content_type:
            raise ValueError('a page for people')
        return response.text
