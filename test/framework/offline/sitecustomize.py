"""In place of the network: a request is answered by the first answer whose text is in its URL, and one without an answer fails."""
import json
import os

import requests

ANSWERS = json.loads(os.environ['OFFLINE_ANSWERS'])


def request(self, method, url, **kwargs):
    address = requests.Request(method, url, params=kwargs.get('params')).prepare().url
    for text, answer in ANSWERS:
        if text in address:
            response = requests.Response()
            response.status_code = 200
            response.url = address
            response.headers.update({'X-Ratelimit-Remaining': '10', 'X-Ratelimit-Reset': '1'})
            response._content = json.dumps(answer).encode()
            return response
    raise requests.ConnectionError(f'there is no answer for {method} {address}')


requests.Session.request = request
