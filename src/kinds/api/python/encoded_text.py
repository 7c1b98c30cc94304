"""Formats that are text, in an encoding that responses don't tell."""

import requests

from kinds.api.python.text_format import TextFormat

ENCODING = ''


class EncodedText(TextFormat):
    def read_text(self, response: requests.Response) -> str:
        if 'html' in response.headers.get('Content-Type', ''):
            raise ValueError('a page for people')
        return response.content.decode(ENCODING)

    def find_encoding(self, file: requests.Response) -> str:
        return ENCODING
