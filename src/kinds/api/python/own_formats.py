"""Streams whose responses are written otherwise than the connector's."""

from typing import Dict

import requests

from kinds.api.python.client import ApiClient
from kinds.api.python.text_format import TextFormat

# What requests accept, by the formats that streams have of their own.
ACCEPTS = {}
# The encodings of formats that are text, where responses don't tell them; None: the connector's.
ENCODINGS = {}


class OwnFormats(ApiClient):
    # That of the stream that is being read; None: as the connector has it.
    response_format = None

    def take_format(self, name: str) -> None:
        """Read responses as those of a stream are written."""
        self.response_format = name
        self.FORMAT = getattr(type(self), f'{name.upper()}_FORMAT' if name else 'FORMAT')

    def accept(self, request: Dict) -> None:
        if self.response_format:
            request['headers']['Accept'] = ACCEPTS[self.response_format]

    def read(self, response: requests.Response):
        name = self.response_format
        return getattr(self, f'decode_{name}' if name else 'decode')(response)


class OwnEncodings(OwnFormats, TextFormat):
    """Some of them are in encodings that responses don't tell."""

    def read_text(self, response: requests.Response) -> str:
        content_type = response.headers.get('Content-Type', '')
        if 'html' in content_type:
            raise ValueError('a page for people')
        # Without a charset, requests takes text for Latin 1.
        told = response.encoding if 'charset' in content_type else 'utf-8-sig'
        return response.content.decode(ENCODINGS.get(self.response_format, told))

    def find_encoding(self, file: requests.Response) -> str:
        is_told = 'charset' in file.headers.get('Content-Type', '')
        told = file.encoding if is_told else 'utf-8-sig'
        return ENCODINGS.get(self.response_format, told)
