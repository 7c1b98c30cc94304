"""GitHub Issues: the HTTP client, with authentication, time-outs and retries."""

import re
import time
from email.utils import parsedate_to_datetime
from random import uniform
from typing import Dict

import requests

from mage_integrations.sources.http.client import Client, get_exception_for_status_code

REQUIRED_KEYS = ('access_token', 'owner', 'repository')
HEADERS = {'Accept': 'application/vnd.github+json', 'X-GitHub-Api-Version': '2022-11-28'}
SECRET_KEYS = ('access_token',)
MAX_TRIES = 6
RETRY_STATUSES = (429, 500, 502, 503, 504)
TRANSIENT = (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError)
RESET_HEADERS = ('RateLimit-Reset', 'X-RateLimit-Reset', 'X-Rate-Limit-Reset')
# Seconds before the second try; each one after it waits twice as long.
BACKOFF = 1
# Seconds to connect and to wait for data; Mage ends a connection test after 10.
TIMEOUT = (5, 60)
TEST_TIMEOUT = (3, 5)
# Where APIs say what is wrong.
MESSAGE_KEYS = ('error', 'errors', 'error_description', 'message', 'msg', 'detail', 'title')


class GitHubIssuesClient(Client):
    FORMAT = 'JSON'

    def __init__(self, config: Dict, logger=None, patient: bool = True):
        """Keep what is configured. A client that isn't `patient` gives up soon and at once."""
        config = {key: value for key, value in config.items() if value not in (None, '')}
        super().__init__(config, logger)
        self.check_config()
        self.tries = MAX_TRIES if patient else 1
        self.timeout = TIMEOUT if patient else TEST_TIMEOUT
        self.session = requests.Session()
        self.start_parent_keys()

    def check_config(self) -> None:
        missing = [key for key in REQUIRED_KEYS if key not in self.config]
        if missing:
            raise ValueError(f'The configuration lacks {", ".join(missing)}')

    def start_parent_keys(self) -> None:
        # What streams take of their parents, by the parent.
        self.keys = {}

    def authenticate(self, request: Dict) -> None:
        """Add credentials to the arguments of a request: to its headers, params or json."""
        request['headers']['Authorization'] = f'Bearer {self.config["access_token"]}'

    def make_request(self, url: str, method: str = 'get', params: Dict = None, body: Dict = None):
        """Return what the response says, None where it has no records to give."""
        return self.parse(self.request(url, method, params, body))

    def request(self, url: str, method: str = 'get', params: Dict = None, body: Dict = None):
        """Return the response of an address, whatever its status; `parse` refuses errors."""
        request = {'headers': {**HEADERS}, 'params': {**(params or {})}, 'json': body}
        self.authenticate(request)
        response = self.send(method, url, **request)
        return response

    def send(self, method: str, url: str, **kwargs) -> requests.Response:
        """Return the response, whatever its status, and try again while what is wrong may pass.

        No message has the parameters or the text of a requests error: there could be secrets.
        """
        for attempt in range(self.tries):
            response = None
            try:
                response = self.session.request(method, url, timeout=self.timeout, **kwargs)
                fault = f'status {response.status_code}'
            except TRANSIENT as error:
                fault = type(error).__name__
            except requests.RequestException as error:
                raise ValueError(self.hide(f'{url}: {type(error).__name__}')) from None
            if response is not None and response.status_code not in RETRY_STATUSES:
                return response
            if attempt + 1 < self.tries:
                delay = retry_delay(response, attempt)
                self.logger.info(self.hide(f'{url}: {fault}, next try in {delay:.1f} seconds'))
                time.sleep(delay)
        if response is None:
            message = f'{url} gave no answer: {fault} after {self.tries} tries'
            raise ConnectionError(self.hide(message))
        return response

    def check(self, response: requests.Response) -> None:
        if not 200 <= response.status_code < 300:
            error = get_exception_for_status_code(response.status_code)
            url = response.url.partition('?')[0]
            message = f'{url} answered {response.status_code}: {explain(response)}'
            raise error(self.hide(message))

    def parse(self, response: requests.Response):
        """Return what a response has, None where it has nothing to give (204)."""
        self.check(response)
        if response.status_code == 204:
            return None
        try:
            return self.decode(response)
        except ValueError:
            url = response.url.partition('?')[0]
            kind = response.headers.get('Content-Type')
            message = f'{url} answered with {kind}, not {self.FORMAT}: {explain(response)}'
            raise ValueError(self.hide(message)) from None

    def decode(self, response: requests.Response):
        return response.json()

    def hide(self, text: str) -> str:
        """Return a text for messages, without secrets that its address or the API may have."""
        for secret in filter(None, map(self.config.get, SECRET_KEYS)):
            text = text.replace(str(secret), '***')
        return text


def retry_delay(response, attempt: int) -> float:
    """Return the seconds to wait: what the API asks for, in any form, or else a growing time."""
    headers = {} if response is None else response.headers
    # Many APIs send the others always: then they say nothing about a server error.
    names = RESET_HEADERS if response is not None and response.status_code == 429 else ()
    asked = next((headers[name] for name in ('Retry-After', *names) if name in headers), '')
    if re.fullmatch(r'\d+(\.\d+)?', asked):
        seconds = float(asked)
        # So great a number is a moment, in seconds since 1970.
        return max(0, seconds - time.time()) if seconds > 1e9 else seconds
    try:
        return max(0, parsedate_to_datetime(asked).timestamp() - time.time())
    except (TypeError, ValueError):
        return min(60, BACKOFF * 2**attempt) * uniform(0.5, 1)


def explain(response: requests.Response) -> str:
    """Return what an answer says: an API's own words, or the text of a page."""
    try:
        text = words(response.json())
    except ValueError:
        text = re.sub(r'<[^>]*>', ' ', response.text)
    return ' '.join(text.split())[:500]


def words(answer) -> str:
    if isinstance(answer, list):
        return '; '.join(words(item) for item in answer)
    if isinstance(answer, dict):
        parts = [words(answer[key]) for key in MESSAGE_KEYS if answer.get(key)]
        return ': '.join(parts) or str(answer)
    return str(answer)
