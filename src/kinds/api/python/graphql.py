"""GraphQL reports errors with status 200."""

import requests

from kinds.api.formats.json.decode import Json, parse_json
from kinds.api.python.client import words
from mage_integrations.sources.http.client import HttpError


class GraphQL(Json):
    def decode(self, response: requests.Response):
        answer = parse_json(response.content)
        # GraphQL reports errors with status 200.
        if isinstance(answer, dict) and answer.get('errors'):
            url = response.url.partition('?')[0]
            raise HttpError(self.hide(f'{url}: {words(answer["errors"])}'))
        return answer
