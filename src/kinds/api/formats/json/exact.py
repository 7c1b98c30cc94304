"""JSON whose decimals keep all of their digits."""

import json
from decimal import Decimal

import requests

from kinds.api.formats.json.decode import to_float
from kinds.api.python.client import ApiClient, words
from kinds.api.python.files import load
from mage_integrations.sources.http.client import HttpError


class ExactJson(ApiClient):
    FORMAT = 'JSON'

    def decode(self, response: requests.Response):
        # The bytes, since JSON is UTF-8 whatever the header says.
        return parse_exact(response.content)

    def decode_files(self, files):
        return map(self.decode, map(load, files))


class ExactGraphQL(ExactJson):
    def decode(self, response: requests.Response):
        answer = parse_exact(response.content)
        # GraphQL reports errors with status 200.
        if isinstance(answer, dict) and answer.get('errors'):
            url = response.url.partition('?')[0]
            raise HttpError(self.hide(f'{url}: {words(answer["errors"])}'))
        return answer


def parse_exact(text):
    return json.loads(text, parse_float=to_decimal, parse_constant=to_float)


def to_decimal(text: str) -> Decimal:
    # What is greater than any number of destinations is refused all the same.
    to_float(text)
    return Decimal(text)
